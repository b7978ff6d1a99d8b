import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schemas } from '../api/client';

const queryKey = ['tokens'];

/** The access tokens of the current user, newest first. The API tells the token itself only when it is created. */
export function useTokens() {
  return useQuery({ queryKey, queryFn: ({ signal }) => unwrap(api.GET('/authentication/tokens', { signal })) });
}

export function useCreateToken(onCreated: (token: Schemas['CreatedToken']) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CreateToken']) => unwrap(api.POST('/authentication/tokens', { body })),
    onSuccess: (token) => {
      onCreated(token);
      return queryClient.invalidateQueries({ queryKey });
    },
  });
}

export function useRevokeToken(onRevoked: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE('/authentication/tokens/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      onRevoked();
      return queryClient.invalidateQueries({ queryKey });
    },
  });
}
