import { Injectable, NotFoundException } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Cursors, type Position } from '../http/cursors.js';
import type { Page } from '../http/page.schema.js';
import { Parameters } from './parameters.js';

/** What can be listed: names and SQL written by us, never by a client. */
export interface Listing<Item> {
  /** Names the list in its cursors. */
  name: string;
  /** The columns of one item, joined rows as JSON. */
  select: string;
  /** A table and its alias. */
  from: string;
  /** The id column, which breaks ties. */
  id: string;
  /** The expression that full-text search goes through, the same as in its index. */
  search: string;
  /** By order without its minus: what is compared, its value in an item, and what makes that comparable in SQL. */
  orders: Record<string, { column: string; valueOf: (item: Item) => string; cast: (placeholder: string) => string }>;
}

export interface PageQuery {
  limit: number;
  offset: number;
  cursor?: string | undefined;
  search?: string | undefined;
  sort: string;
}

/** SQL conditions for the filters of one list; they add their values to the parameters. */
export type Filters = (parameters: Parameters) => (string | undefined)[];

/**
 * Reads lists without building entities that would be thrown away: two statements, whatever the page holds.
 * Rows are SQL rows, so the columns in `select` are the answer.
 */
@Injectable()
export class PagesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cursors: Cursors,
  ) {}

  async find<Item extends { id: number }>(
    listing: Listing<Item>,
    query: PageQuery,
    filters: Filters = () => [],
  ): Promise<Page<Item>> {
    const list = `${listing.name}?sort=${query.sort}`;
    const after = query.cursor === undefined ? undefined : this.cursors.decode(list, query.cursor);
    const [count, rows] = await Promise.all([
      this.count(listing, query, filters),
      this.rows(listing, query, filters, after),
    ]);
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    if (rows.length <= query.limit || last === undefined) return { count, items };
    const next = this.cursors.encode({ list, value: orderOf(listing, query.sort).valueOf(last), id: last.id });
    return { count, items, next };
  }

  /** @throws NotFoundException */
  async findOne<Item>({ select, from, id: column }: Listing<Item>, id: number): Promise<Item> {
    const [item] = await this.dataSource.query<Item[]>(`SELECT ${select} FROM ${from} WHERE ${column} = $1`, [id]);
    if (item === undefined) throw new NotFoundException('There is nothing with this id.');
    return item;
  }

  private async count<Item>(listing: Listing<Item>, query: PageQuery, filters: Filters): Promise<number> {
    const parameters = new Parameters();
    const where = conditions([...filters(parameters), matching(listing, query, parameters)]);
    const sql = `SELECT count(*)::int AS count FROM ${listing.from}${where}`;
    const [row] = await this.dataSource.query<{ count: number }[]>(sql, parameters.values);
    return row?.count ?? 0;
  }

  /** One row more than asked for tells whether a page follows. */
  private async rows<Item>(
    listing: Listing<Item>,
    query: PageQuery,
    filters: Filters,
    after?: Position,
  ): Promise<Item[]> {
    const parameters = new Parameters();
    const { column, cast } = orderOf(listing, query.sort);
    const [comparison, direction] = query.sort.startsWith('-') ? ['<', 'DESC'] : ['>', 'ASC'];
    const keyset =
      after &&
      `(${column}, ${listing.id}) ${comparison} (${cast(parameters.add(after.value))}, ${parameters.add(after.id)}::int)`;
    const where = conditions([keyset, ...filters(parameters), matching(listing, query, parameters)]);
    const order = `ORDER BY ${column} ${direction}, ${listing.id} ${direction}`;
    const range = `LIMIT ${parameters.add(query.limit + 1)} OFFSET ${parameters.add(query.offset)}`;
    const sql = `SELECT ${listing.select} FROM ${listing.from}${where} ${order} ${range}`;
    return this.dataSource.query<Item[]>(sql, parameters.values);
  }
}

function orderOf<Item>({ orders }: Listing<Item>, sort: string) {
  const order = orders[sort.replace('-', '')];
  if (order === undefined) throw new Error(`The list has no order ${sort}`);
  return order;
}

function matching<Item>({ search }: Listing<Item>, query: PageQuery, parameters: Parameters): string | undefined {
  if (query.search === undefined || query.search === '') return undefined;
  return `${search} @@ websearch_to_tsquery('english', ${parameters.add(query.search)})`;
}

function conditions(all: (string | undefined)[]): string {
  const given = all.filter((condition) => condition !== undefined);
  return given.length === 0 ? '' : ` WHERE ${given.join(' AND ')}`;
}
