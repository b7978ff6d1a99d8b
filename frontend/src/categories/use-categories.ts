import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, pageOf, type Schemas } from '../api/client';

const queryKey = ['categories'];

/** As `usePosts`, by name; a page is what somebody can choose from. */
export function useCategories(search = '') {
  return useInfiniteQuery({
    queryKey: [...queryKey, search],
    queryFn: ({ pageParam: cursor, signal }) =>
      pageOf(api.GET('/categories', { params: { query: { search: search || undefined, cursor, limit: 50 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
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
