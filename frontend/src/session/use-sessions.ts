import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';

const queryKey = ['sessions'];

/** The sessions of the current user, one for each browser. */
export function useSessions() {
  return useQuery({ queryKey, queryFn: ({ signal }) => unwrap(api.GET('/authentication/sessions', { signal })) });
}

export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/authentication/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export function useEndOtherSessions() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/authentication/sessions')),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}
