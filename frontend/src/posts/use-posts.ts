import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { anyVersion, api, unwrap, unwrapPage, unwrapTagged, type Queries, type Schemas } from '../api/client';
import { idempotent } from '../api/idempotent';
import type { Editable } from '../editor/use-edit';

const queryKey = ['posts'];

/** Each page is loaded with the cursor of the previous page. While a new search loads, the previous list stays visible. */
export function usePosts(filters: Queries['/posts']) {
  return useInfiniteQuery({
    queryKey: [...queryKey, filters],
    queryFn: ({ pageParam: cursor, signal }) =>
      unwrapPage(api.GET('/posts', { params: { query: { ...filters, cursor, limit: 10 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

export function usePost(id: number) {
  return useQuery({
    queryKey: [...queryKey, id],
    queryFn: ({ signal }) => unwrap(api.GET('/posts/{id}', { params: { path: { id } }, signal })),
  });
}

const createPost = idempotent((body: Schemas['CreatePost'], header) =>
  unwrap(api.POST('/posts', { params: { header }, body })),
);

export function useCreatePost() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: createPost,
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export const editablePost = (id: number): Editable<Schemas['Post'], Schemas['UpdatePost']> => ({
  path: `/posts/${id}`,
  itemName: 'post',
  load: () => unwrapTagged(api.GET('/posts/{id}', { params: { path: { id } } })),
  save: (body, header) => unwrapTagged(api.PATCH('/posts/{id}', { params: { path: { id }, header }, body })),
  queriesToReload: { queryKey },
});

/** `keepalive`: the request is sent even when the page is being closed. */
export function useRemovePost(id: number) {
  const queryClient = useQueryClient();
  return async () => {
    await unwrap(api.DELETE('/posts/{id}', { params: { path: { id }, header: anyVersion }, keepalive: true }));
    await queryClient.invalidateQueries({ queryKey, predicate: ({ queryKey: [, key] }) => key !== id });
  };
}
