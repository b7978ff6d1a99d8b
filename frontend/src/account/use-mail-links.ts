import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schemas } from '../api/client';
import { broadcastUser } from '../api/session-channel';
import { currentUser } from '../session/use-current-user';

/** Sends a link to `/reset-password`. The response is the same for an unknown address. */
export function useRequestPasswordReset() {
  return useMutation({
    mutationFn: (body: Schemas['RequestPasswordReset']) => unwrap(api.POST('/authentication/password-reset', { body })),
  });
}

/** Ends all sessions, also the one of this browser. */
export function useResetPassword() {
  return useMutation({
    mutationFn: (body: Schemas['ResetPassword']) =>
      unwrap(api.POST('/authentication/password-reset/confirmation', { body })),
    onSuccess: () => broadcastUser(null),
  });
}

/** Sends a link to `/confirm-email`. */
export function useRequestEmailConfirmation() {
  return useMutation({ mutationFn: () => unwrap(api.POST('/authentication/email-confirmation')) });
}

export function useConfirmEmail() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['ConfirmEmail']) =>
      unwrap(api.POST('/authentication/email-confirmation/confirmation', { body })),
    onSuccess: () => queryClient.invalidateQueries(currentUser),
  });
}
