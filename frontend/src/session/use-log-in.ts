import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { answerOf, api, type Schemas } from '../api/client';
import { tellAllTabs } from '../api/session-news';
import { currentUser } from './use-current-user';

export function useLogIn() {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: (credentials: Schemas['LogIn']) => logIn(queryClient, credentials) });
}

/** Makes the account and logs in. */
export function useRegister() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ email, name, password }: Schemas['Register']) => {
      await answerOf(api.POST('/authentication/register', { body: { email, name, password } }));
      await logIn(queryClient, { email, password });
    },
  });
}

export function useLogOut() {
  return useMutation({
    mutationFn: () => answerOf(api.POST('/authentication/log-out')),
    onSuccess: () => tellAllTabs(null),
  });
}

/** Asks who is logged in afterwards, instead of trusting the answer: only that shows that the cookie came back. */
async function logIn(queryClient: QueryClient, credentials: Schemas['LogIn']): Promise<void> {
  await answerOf(api.POST('/authentication/log-in', { body: credentials }));
  const user = await queryClient.query({ ...currentUser, staleTime: 0 });
  if (user === null) throw new Error(lost);
  tellAllTabs(user.id);
}

const lost =
  'The log-in succeeded, but the browser did not keep the cookie or did not send it. “What the browser sees” may say why.';
