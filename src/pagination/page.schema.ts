import { z } from 'zod';
import { integerParam, isStorable } from '../validation/field.schemas.js';
import type { MatchCount } from './match-counter.js';
import { relevance } from './paginated-query.js';

/** The database reads and drops what an offset skips. */
const maxOffset = 10_000;

type SortKey<Column extends string> = Column | `-${Column}`;

/** What a client asks of a list, validated by `pageQuery`. */
export interface PageRequest {
  limit: number;
  offset: number;
  cursor?: string | undefined;
  search?: string | undefined;
  sort: string;
  count?: 'none' | undefined;
}

/**
 * The query of a list: page, search, order, and the filters of that list.
 *
 * @param sortable the columns it can be ordered by; each also descending, with a minus
 * @param defaultSort the order when none is asked for
 */
export const pageQuery = <Column extends string, Shape extends z.core.$ZodLooseShape>(
  sortable: Readonly<Record<Column, unknown>>,
  defaultSort: SortKey<Column>,
  filters: Shape,
) =>
  z
    .strictObject({
      limit: integerParam(1, 100).default(20).describe('How many items to return'),
      offset: integerParam(0, maxOffset, 'follow the Link header, whose cursor is as fast on every page')
        .default(0)
        .describe('How many items to skip; a cursor is faster, and stable under inserts'),
      cursor: z
        .string('must be given once')
        .max(2_000)
        .optional()
        .describe('Where the previous page ended, from its Link header'),
      search: z
        .string('must be given once')
        .trim()
        .max(200, 'must not be longer than 200 characters')
        .refine(isStorable, 'must not contain NUL characters or broken Unicode')
        .optional()
        .describe('Words to search for, as in a web search: "exact phrase", -without, or'),
      sort: sortSchema(Object.keys(sortable) as Column[], defaultSort),
      count: z.literal('none', 'can only be none').optional().describe('"none" leaves out how many items match'),
      ...filters,
    })
    .refine(
      (query) => (query as { cursor?: string }).cursor === undefined || (query as { offset?: number }).offset === 0,
      { path: ['offset'], message: 'cannot be combined with cursor: use one of them' },
    )
    .refine(({ sort, search }: { sort?: unknown; search?: unknown }) => sort !== relevance || Boolean(search), {
      path: ['sort'],
      message: 'can only be relevance together with search',
    });

/** The default comes first, so that the documentation shows it first. */
function sortSchema<Column extends string>(columns: Column[], defaultSort: SortKey<Column>) {
  const keys = columns.flatMap((column): SortKey<Column>[] => [column, `-${column}`]);
  const sorted = [defaultSort, ...keys.filter((key) => key !== defaultSort), relevance];
  return z
    .enum(sorted, `must be one of ${sorted.join(', ')}`)
    .default(defaultSort as never)
    .describe('The order; a minus means descending, and relevance the best matches of a search first');
}

/** `{ count, items }` of a list that comes whole. */
export const listOf = <Item extends z.ZodType>(item: Item, id: string) =>
  z.object({ count: z.int().min(0), items: z.array(item) }).meta({ id });

export interface List<Item> {
  count: number;
  items: Item[];
}

/** `{ count, items }`: how many match in all, and this page of them. */
export const pageOf = <Item extends z.ZodType>(item: Item, id: string) =>
  z
    .object({
      count: z.int().min(0).optional().describe('How many items match, unless the request has count=none'),
      countIsEstimate: z.literal(true).optional().describe('More than 10,000 items match: the count is an estimate'),
      items: z.array(item),
    })
    .meta({ id });

/** One page of a list. `nextCursor` is there while a page follows; it is sent as a `Link` header. */
export interface Page<Item> extends Partial<MatchCount> {
  items: Item[];
  nextCursor?: string;
}
