import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, pageOf, type Schemas } from '../api/client';
import { toMinorUnits } from './money';

const queryKey = ['products'];

/** As `usePosts`. */
export function useProducts(search: string) {
  return useInfiniteQuery({
    queryKey: [...queryKey, search],
    queryFn: ({ pageParam: cursor, signal }) =>
      pageOf(api.GET('/products', { params: { query: { search: search || undefined, cursor, limit: 10 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

/** A product as a person types it: the amount is still text. */
export interface ProductDraft extends Omit<Schemas['CreateProduct'], 'price'> {
  amount: string;
  currency: string;
}

export function useCreateProduct() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ amount, currency, ...product }: ProductDraft) => {
      const price = { amount: toMinorUnits(amount, currency), currency };
      return answerOf(api.POST('/products', { body: { ...product, price } }));
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export function useRemoveProduct(id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/products/{id}', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
}
