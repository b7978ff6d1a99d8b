import { useMutation, useQueryClient, type QueryFilters } from '@tanstack/react-query';
import { useState } from 'react';
import type { Tagged } from '../api/client';
import { Problem } from '../api/problem';

/** An item that can be edited. */
export interface Editable<Item, Input> {
  /** The path in the API. */
  path: string;
  /** What it is, in the singular. */
  itemName: string;
  load: () => Promise<Tagged<Item>>;
  /** @throws Problem 412 when the saved version is not that of `If-Match` */
  save: (input: Input, header: { 'If-Match'?: string }) => Promise<Tagged<Item>>;
  /** The queries that show it. */
  queriesToReload: QueryFilters;
}

/**
 * Saves an item only if nobody else has changed it since the user read it. If somebody has, the `conflict` is the saved version,
 * and the next save replaces it, because the user has seen it.
 */
export function useEdit<Item, Input>(editable: Editable<Item, Input>, loaded: Tagged<Item>) {
  const queryClient = useQueryClient();
  const [base, setBase] = useState(loaded);
  const [conflict, setConflict] = useState<Tagged<Item>>();
  const mutation = useMutation({
    mutationFn: async (input: Input) => {
      try {
        return await editable.save(input, { 'If-Match': (conflict ?? base).entityTag });
      } catch (error) {
        if (!(error instanceof Problem && error.status === 412)) throw error;
        setConflict(await editable.load());
        throw new Error(`Somebody else changed this ${editable.itemName} while you were editing.`, { cause: error });
      }
    },
    onSuccess: (saved) => {
      setBase(saved);
      setConflict(undefined);
      return queryClient.invalidateQueries(editable.queriesToReload);
    },
  });
  return { mutation, base, conflict };
}
