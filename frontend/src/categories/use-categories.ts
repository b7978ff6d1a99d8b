import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Schemas } from '../api/client';

const queryKey = ['categories'];

/** The first hundred by name: what a person can choose from. */
export function useCategories() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => answerOf(api.GET('/categories', { params: { query: { limit: 100 } }, signal })),
  });
}

export function useCreateCategory() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CreateCategory']) => answerOf(api.POST('/categories', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export function useRemoveCategory(id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/categories/{id}', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}
