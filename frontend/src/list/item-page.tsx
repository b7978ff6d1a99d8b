import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem';
import { ErrorMessage } from '../error-message';
import { NotFoundPage } from '../not-found-page';
import { PageTitle } from '../page-title';
import { Link } from '../router/link';
import { Skeletons } from './skeletons';

interface ItemPageProps<Item> {
  query: UseQueryResult<Item>;
  listHref: string;
  /** The name of the items, in the plural. */
  itemsName: string;
  titleOf: (item: Item) => string;
  children: (item: Item) => ReactNode;
}

/** One item at its own address. */
export function ItemPage<Item>({ query, listHref, itemsName, titleOf, children }: ItemPageProps<Item>) {
  const { data, error, refetch } = query;
  if (error instanceof Problem && error.status < 429) return <NotFoundPage />;
  return (
    <>
      {data !== undefined && <PageTitle>{titleOf(data)}</PageTitle>}
      <p>
        <Link href={listHref}>← All {itemsName}</Link>
      </p>
      <ErrorMessage error={error} onRetry={() => void refetch()} />
      {query.isPending && <Skeletons count={1} />}
      {data !== undefined && children(data)}
    </>
  );
}
