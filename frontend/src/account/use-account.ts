import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schemas } from '../api/client';
import { broadcastUser } from '../api/session-channel';
import { currentUser } from '../session/use-current-user';

/** Changes the name, or the e-mail address with the current password. Lists show the new name when they are loaded again. */
export function useUpdateAccount() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['UpdateAccount']) => unwrap(api.PATCH('/authentication', { body })),
    onSuccess: (user) => queryClient.setQueryData(currentUser.queryKey, user),
  });
}

/** Ends all other sessions, and revokes all access tokens. */
export function useChangePassword() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['ChangePassword']) => unwrap(api.PATCH('/authentication/password', { body })),
    onSuccess: () =>
      Promise.all(['sessions', 'tokens'].map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}

export function useDeleteAccount() {
  return useMutation({
    mutationFn: (body: Schemas['DeleteAccount']) => unwrap(api.DELETE('/authentication', { body })),
    onSuccess: () => broadcastUser(null),
  });
}
