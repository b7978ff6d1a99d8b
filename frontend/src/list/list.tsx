import type { UseInfiniteQueryResult, InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Trouble } from '../trouble';

interface ListProps<Item> {
  /** What the items are, in the plural. */
  of: string;
  query: UseInfiniteQueryResult<InfiniteData<{ count: number; items: Item[] }>>;
  children: (item: Item) => ReactNode;
}

/** The pages that were loaded so far, how many there are, and a button for the next one. */
export function List<Item extends { id: number }>({ of, query, children }: ListProps<Item>) {
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const count = query.data?.pages[0]?.count;
  return (
    <>
      <p role="status" className="count">
        {count === undefined ? query.isPending && 'Loading …' : `${items.length} of ${count} ${of}`}
      </p>
      <Trouble error={query.error} />
      <ul className="list" aria-busy={query.isFetching}>
        {items.map((item) => (
          <li key={item.id}>{children(item)}</li>
        ))}
      </ul>
      {query.hasNextPage && <button onClick={() => void query.fetchNextPage()}>Load more {of}</button>}
    </>
  );
}
