import type { UseInfiniteQueryResult, InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorMessage } from '../error-message';
import { EmptyList } from './empty-list';
import { Skeletons } from './skeletons';

interface ListProps<Item> {
  /** The name of the items, in the plural. */
  itemsName: string;
  query: UseInfiniteQueryResult<InfiniteData<{ count?: number; countIsEstimate?: true; items: Item[] }>>;
  /** Whether the user has deleted this item. */
  isDeleted: (item: Item) => boolean;
  children: (item: Item) => ReactNode;
}

/** The items of all loaded pages, the total number, and a button that loads the next page. */
export function List<Item extends { id: number }>({ itemsName, query, isDeleted, children }: ListProps<Item>) {
  const loaded = query.data?.pages.flatMap((page) => page.items) ?? [];
  const items = loaded.filter((item) => !isDeleted(item));
  const [first] = query.data?.pages ?? [];
  const count = (first?.count ?? 0) - (loaded.length - items.length);
  const total = first?.countIsEstimate ? `about ${count.toLocaleString('en')}` : count;
  return (
    <>
      <p role="status" className="count">
        {query.data ? `${items.length} of ${total} ${itemsName}` : query.isPending && 'Loading …'}
      </p>
      <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeletons count={3} />}
      {query.data && count === 0 && <EmptyList itemsName={itemsName} />}
      <ul className="list" aria-busy={query.isFetching}>
        {items.map((item) => (
          <li key={item.id}>{children(item)}</li>
        ))}
      </ul>
      {query.hasNextPage && <button onClick={() => void query.fetchNextPage()}>Load more {itemsName}</button>}
    </>
  );
}
