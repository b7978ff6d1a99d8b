import type { Read } from '../database/reads.service.js';
import type { Position } from './cursors.js';
import { countSql, maxExactCount, type Condition } from './match-counter.js';
import type { PageRequest } from './page.schema.js';
import { relevance, type Filters, type PaginatedQuery, type SortableColumn } from './paginated-query.js';
import { SqlParameters } from './sql-parameters.js';

/** What a client that asks and does not read may hold of the memory of the API, apart from names, ids and times. */
const maxPageBytes = 1_000_000;

/** What is searched for is the first parameter. */
const searchQuery = `websearch_to_tsquery('english', $1)`;

/** The rank of a match is computed from its text, and a common word is in most items. */
const maxRanked = 10_000;

/** What is in each row beside the item, as its last columns. No item has a property with such a name. */
export interface PageColumns {
  /** How many rows the page has, and one more when a page follows. */
  'page.found': number | null;
  /** How many items match, see `countSql`. */
  'page.matches'?: number;
  'page.rank'?: string;
}

/** What is asked of a list. */
export interface ListRequest<Item> {
  query: PaginatedQuery<Item>;
  request: PageRequest;
  filters: Filters;
  after: Position | undefined;
}

export interface PageCondition extends Condition {
  /** The same as `where`, for which the index of the search is not used. */
  whereUnindexed: string;
}

/** The items that a request asks for, on whatever page. */
export function conditionOf<Item>({ query, request, filters }: ListRequest<Item>): PageCondition {
  const parameters = new SqlParameters();
  if (request.search) parameters.add(request.search);
  const search = request.search ? `${query.searchVector} @@ ${searchQuery}` : undefined;
  const others = filters(parameters);
  return {
    from: query.from,
    where: whereClause([...others, search]),
    whereUnindexed: whereClause([...others, search && `(${search}) IS TRUE`]),
    values: parameters.values,
  };
}

/**
 * Finds one row more than asked for, which tells whether a page follows, and reads those that fit into a page: in the
 * number of items and in bytes, of which at least the first. The contents of the others are not read. With the number of
 * matches there is a row at least, whose columns are null when the page is empty.
 */
export function pageStatement<Item>(list: ListRequest<Item>, condition: PageCondition, isCounted: boolean): Read {
  const { query, request } = list;
  const parameters = new SqlParameters(condition.values);
  const isRanked = request.sort === relevance;
  const isSearched = Boolean(request.search) && !isRanked;
  const found = foundSql(list, condition, parameters);
  const measured = `SELECT *, row_number() OVER () AS position, count(*) OVER () AS found,
    sum(bytes) OVER (ROWS UNBOUNDED PRECEDING) AS size FROM (${found}) found`;
  const fits = `page.position <= ${parameters.add(request.limit)}
    AND (page.position = 1 OR page.size <= ${parameters.add(maxPageBytes)})`;
  const counted = isSearched ? 'SELECT count(*)::int AS count FROM matching' : countSql(condition);
  const from = isCounted
    ? `(${counted}) matches LEFT JOIN (${measured}) page ON ${fits} LEFT JOIN ${query.from} ON ${query.id} = page.id`
    : `(${measured}) page JOIN ${query.from} ON ${query.id} = page.id WHERE ${fits}`;
  const columns = [query.select, relatedColumns(query), 'page.found::int AS "page.found"'];
  if (isCounted) columns.push('matches.count AS "page.matches"');
  if (isRanked) columns.push('page.rank::text AS "page.rank"');
  return {
    sql: `${isSearched ? matchingSql(list, condition) : ''}SELECT ${columns.join(', ')} FROM ${from} ORDER BY page.position`,
    values: parameters.values,
    planEachTime: Boolean(request.search),
  };
}

/** The rows of a page in their order, with `id` and `bytes`. */
function foundSql<Item>(list: ListRequest<Item>, condition: PageCondition, parameters: SqlParameters): string {
  if (list.request.sort === relevance) return rankedSql(list, condition, parameters);
  return list.request.search ? searchedSql(list, condition, parameters) : sortedSql(list, condition, parameters);
}

function sortedSql<Item>(list: ListRequest<Item>, { where }: Condition, parameters: SqlParameters): string {
  const { query, request } = list;
  const { column } = sortColumn(query, request.sort);
  const condition = and(where, keysetOf(list, parameters)?.(column, query.id));
  return `SELECT ${idAndBytes(query)} FROM ${query.from}${condition}
    ${orderOf(request.sort, column, query.id)} ${limitSql(request, parameters)}`;
}

/**
 * The matches of a search, up to one more than are sorted. PostgreSQL takes a word that its statistics do not know for a common
 * one, and would read a whole large table in the order of the page until it has enough of them.
 */
function matchingSql<Item>({ query, request }: ListRequest<Item>, { from, where }: Condition): string {
  const { column } = sortColumn(query, request.sort);
  return `WITH matching AS MATERIALIZED (SELECT ${idAndBytes(query)}, ${column} AS value FROM ${from}${where} LIMIT ${maxExactCount + 1}) `;
}

/** Few matches are sorted; of many, the table in its order soon has enough. */
function searchedSql<Item>(list: ListRequest<Item>, condition: PageCondition, parameters: SqlParameters): string {
  const { query, request } = list;
  const { column } = sortColumn(query, request.sort);
  const keyset = keysetOf(list, parameters);
  const limit = limitSql(request, parameters);
  const count = '(SELECT count(*) FROM matching)';
  const few = and(` WHERE ${count} <= ${maxExactCount}`, keyset?.('value', 'id'));
  const many = and(and(condition.whereUnindexed, `${count} > ${maxExactCount}`), keyset?.(column, query.id));
  return `SELECT id, bytes FROM (
      (SELECT id, bytes, value FROM matching${few} ${orderOf(request.sort, 'value', 'id')} ${limit})
      UNION ALL
      (SELECT ${idAndBytes(query)}, ${column} AS value FROM ${query.from}${many}
        ${orderOf(request.sort, column, query.id)} ${limit})
    ) either ${orderOf(request.sort, 'value', 'id')}`;
}

const idAndBytes = <Item>({ id, jsonBytes = '0' }: PaginatedQuery<Item>) => `${id}, ${jsonBytes} AS bytes`;

const isDescending = (sort: string) => sort.startsWith('-');

function orderOf(sort: string, column: string, id: string): string {
  const direction = isDescending(sort) ? 'DESC' : 'ASC';
  return `ORDER BY ${column} ${direction}, ${id} ${direction}`;
}

/** @returns SQL for what follows the position of the cursor, for the columns that are compared; undefined without a cursor */
function keysetOf<Item>({ query, request, after }: ListRequest<Item>, parameters: SqlParameters) {
  if (after === undefined) return undefined;
  const { cast } = sortColumn(query, request.sort);
  const position = `(${cast(parameters.add(after.value))}, ${parameters.add(after.id)}::int)`;
  return (column: string, id: string) => `(${column}, ${id}) ${isDescending(request.sort) ? '<' : '>'} ${position}`;
}

/** The same with `rank`. Of more matches than can be ranked, those made last. */
function rankedSql<Item>(
  { query, request, after }: ListRequest<Item>,
  { where }: Condition,
  parameters: SqlParameters,
): string {
  const rank = `ts_rank(${query.searchVector}, ${searchQuery})`;
  const keyset = after && `(rank, id) < (${parameters.add(after.value)}::real, ${parameters.add(after.id)}::int)`;
  return `SELECT * FROM (SELECT ${idAndBytes(query)}, ${rank} AS rank
      FROM ${query.from}${where} ORDER BY ${query.id} DESC LIMIT ${maxRanked}) ranked${and('', keyset)}
    ORDER BY rank DESC, id DESC ${limitSql(request, parameters)}`;
}

const limitSql = ({ limit, offset }: PageRequest, parameters: SqlParameters) =>
  `LIMIT ${parameters.add(limit + 1)} OFFSET ${parameters.add(offset)}`;

/** The columns of an item that come from other tables. */
export const relatedColumns = <Item>({ related }: PaginatedQuery<Item>) =>
  Object.entries(related)
    .map(([name, sql]) => `${sql} AS "${name}"`)
    .join(', ');

/** What an order of a list compares, and what it puts into cursors. */
export function sortColumn<Item>({ sortable }: PaginatedQuery<Item>, sort: string): SortableColumn<Item> {
  const column = sortable[sort.replace('-', '')];
  if (column === undefined) throw new Error(`The list cannot be sorted by ${sort}`);
  return column;
}

function whereClause(conditions: (string | undefined)[]): string {
  const present = conditions.filter((condition) => condition !== undefined);
  return present.length === 0 ? '' : ` WHERE ${present.join(' AND ')}`;
}

function and(where: string, condition: string | undefined): string {
  if (condition === undefined) return where;
  return where === '' ? ` WHERE ${condition}` : `${where} AND ${condition}`;
}
