import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { anyVersion, api, unwrap, unwrapPage, unwrapTagged, type Queries, type Schemas } from '../api/client';
import { idempotent } from '../api/idempotent';
import type { Editable } from '../editor/use-edit';
import { toProduct, type ProductInput } from './product-input';

const queryKey = ['products'];

/** Paginated as in `usePosts`. */
export function useProducts(filters: Queries['/products']) {
  return useInfiniteQuery({
    queryKey: [...queryKey, filters],
    queryFn: ({ pageParam: cursor, signal }) =>
      unwrapPage(api.GET('/products', { params: { query: { ...filters, cursor, limit: 10 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

export function useProduct(id: number) {
  return useQuery({
    queryKey: [...queryKey, id],
    queryFn: ({ signal }) => unwrap(api.GET('/products/{id}', { params: { path: { id } }, signal })),
  });
}

const createProduct = idempotent((body: Schemas['CreateProduct'], header) =>
  unwrap(api.POST('/products', { params: { header }, body })),
);

export function useCreateProduct() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: ProductInput) => createProduct(toProduct(input)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export const editableProduct = (id: number): Editable<Schemas['Product'], ProductInput> => ({
  path: `/products/${id}`,
  itemName: 'product',
  load: () => unwrapTagged(api.GET('/products/{id}', { params: { path: { id } } })),
  save: async (input, header) =>
    unwrapTagged(api.PATCH('/products/{id}', { params: { path: { id }, header }, body: toProduct(input) })),
  queriesToReload: { queryKey },
});

export function useRemoveProduct(id: number) {
  const queryClient = useQueryClient();
  return async () => {
    await unwrap(api.DELETE('/products/{id}', { params: { path: { id }, header: anyVersion }, keepalive: true }));
    await queryClient.invalidateQueries({ queryKey, predicate: ({ queryKey: [, key] }) => key !== id });
  };
}
