import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, pageOf, type Schemas } from '../api/client';

const queryKey = ['posts'];

/** Page after page, by the cursor of the page before; a new search begins anew and shows the old list meanwhile. */
export function usePosts(search: string) {
  return useInfiniteQuery({
    queryKey: [...queryKey, search],
    queryFn: ({ pageParam: cursor, signal }) =>
      pageOf(api.GET('/posts', { params: { query: { search: search || undefined, cursor, limit: 10 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

export function useCreatePost() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CreatePost']) => answerOf(api.POST('/posts', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export function useUpdatePost(id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['UpdatePost']) => answerOf(api.PATCH('/posts/{id}', { params: { path: { id } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export function useRemovePost(id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/posts/{id}', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}
