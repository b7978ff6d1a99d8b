import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { anyVersion, api, unwrap, unwrapPage, unwrapTagged, type Queries, type Schemas } from '../api/client';
import { idempotent } from '../api/idempotent';
import type { Editable } from '../editor/use-edit';

const queryKey = ['categories'];

/** Paginated as in `usePosts`. The pages are larger, because a form shows them as checkboxes. */
export function useCategories(filters: Queries['/categories'] = {}) {
  return useInfiniteQuery({
    queryKey: [...queryKey, filters],
    queryFn: ({ pageParam: cursor, signal }) =>
      unwrapPage(api.GET('/categories', { params: { query: { ...filters, cursor, limit: 50 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

const createCategory = idempotent((body: Schemas['CreateCategory'], header) =>
  unwrap(api.POST('/categories', { params: { header }, body })),
);

export function useCreateCategory() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: createCategory,
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export const editableCategory = (id: number): Editable<Schemas['Category'], Schemas['UpdateCategory']> => ({
  path: `/categories/${id}`,
  itemName: 'category',
  load: () => unwrapTagged(api.GET('/categories/{id}', { params: { path: { id } } })),
  save: (body, header) => unwrapTagged(api.PATCH('/categories/{id}', { params: { path: { id }, header }, body })),
  queriesToReload: {}, // All: posts and products show the names of their categories.
});

export function useRemoveCategory(id: number) {
  const queryClient = useQueryClient();
  return async () => {
    await unwrap(api.DELETE('/categories/{id}', { params: { path: { id }, header: anyVersion }, keepalive: true }));
    await queryClient.invalidateQueries({ queryKey });
  };
}
