import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schemas } from '../api/client';
import { broadcastUser } from '../api/session-channel';
import { currentUser } from './use-current-user';

export function useLogIn() {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: (credentials: Schemas['LogIn']) => logIn(queryClient, credentials) });
}

/** Creates the account and logs in. */
export function useRegister() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ email, name, password }: Schemas['Register']) => {
      await unwrap(api.POST('/authentication/register', { body: { email, name, password } }));
      await logIn(queryClient, { email, password });
    },
  });
}

export function useLogOut() {
  return useMutation({
    mutationFn: () => unwrap(api.POST('/authentication/log-out')),
    onSuccess: () => broadcastUser(null),
  });
}

/** The log-in also responds with the user. Only a second request shows whether the browser sends the cookie. */
async function logIn(queryClient: QueryClient, credentials: Schemas['LogIn']): Promise<void> {
  await unwrap(api.POST('/authentication/log-in', { body: credentials }));
  const user = await queryClient.query({ ...currentUser, staleTime: 0 });
  if (user === null) throw new Error(cookieNotSent);
  broadcastUser(user.id);
}

const cookieNotSent =
  'The log-in succeeded, but the browser did not store the cookie or did not send it. “What the browser sees” may show why.';
