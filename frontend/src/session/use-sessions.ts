import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';

const queryKey = ['sessions'];

/** Where the user is logged in. */
export function useSessions() {
  return useQuery({ queryKey, queryFn: ({ signal }) => answerOf(api.GET('/authentication/sessions', { signal })) });
}

export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answerOf(api.DELETE('/authentication/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export function useEndOtherSessions() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/authentication/sessions')),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}
