import { Injectable, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { entityTagOf, isListed, type Tagged } from '../conditional-requests/entity-tag.js';
import { NotModifiedException } from '../conditional-requests/not-modified.exception.js';
import { ReadsService } from '../database/reads.service.js';
import { Cursors, type Counted } from './cursors.js';
import { countMatches, digestOf } from './match-counter.js';
import type { Page, PageRequest } from './page.schema.js';
import {
  conditionOf,
  pageStatement,
  relatedColumns,
  sortColumn,
  type ListRequest,
  type PageColumns,
} from './page-statement.js';
import type { Filters, PaginatedQuery } from './paginated-query.js';
import { SearchLimit } from './search-limit.js';

/**
 * Reads lists by SQL, in one statement whatever the page holds, and another one to estimate how many of more than 10,000 items match:
 * no entities are built (docs/decisions/008).
 */
@Injectable()
export class PaginationService {
  constructor(
    private readonly reads: ReadsService,
    private readonly cursors: Cursors,
    private readonly searches: SearchLimit,
  ) {}

  async findPage<Item extends { id: number }>(
    query: PaginatedQuery<Item>,
    request: PageRequest,
    filters: Filters = () => [],
  ): Promise<Page<Item>> {
    const name = `${query.name}?sort=${request.sort}`;
    const after = request.cursor === undefined ? undefined : this.cursors.decode(name, request.cursor);
    const list = { query, request, filters, after };
    const read = () => this.readPage(list);
    const { items, found, rank, counted } = await (request.search ? this.searches.run(read) : read());
    const page = { ...counted?.matches, items };
    const last = items.at(-1);
    if (last === undefined || items.length === found) return page;
    const value = rank ?? sortColumn(query, request.sort).valueOf(last);
    return {
      ...page,
      nextCursor: this.cursors.encode({ list: name, value, id: last.id, ...(counted && { counted }) }),
    };
  }

  /**
   * One item with its entity tag. When the client has it, the item is not read.
   *
   * @param ifNoneMatch the header of the request
   * @param manager of a transaction, which reads what it wrote
   * @throws NotFoundException
   * @throws NotModifiedException when the client has it
   */
  async findOne<Item extends { id: number }>(
    query: PaginatedQuery<Item>,
    id: number,
    { ifNoneMatch, manager }: { ifNoneMatch?: string | undefined; manager?: EntityManager } = {},
  ): Promise<Tagged<Item>> {
    if (ifNoneMatch !== undefined) {
      const { entityTag } = await this.readOne(query, id, '', manager);
      if (isListed(entityTag, ifNoneMatch)) throw new NotModifiedException(entityTag);
    }
    return this.readOne(query, id, `${query.select}, `, manager);
  }

  /** @param columns with a comma at the end, none for the entity tag alone */
  private async readOne<Item>(
    query: PaginatedQuery<Item>,
    id: number,
    columns: string,
    manager?: EntityManager,
  ): Promise<Tagged<Item>> {
    const sql = `SELECT ${columns}${relatedColumns(query)}, ${query.version} AS version FROM ${query.from} WHERE ${query.id} = $1`;
    type Row = Item & { version: number };
    const [row] = await (manager ? manager.query<Row[]>(sql, [id]) : this.reads.query<Row>({ sql, values: [id] }));
    if (row === undefined) throw new NotFoundException('Not found.');
    const { version, ...item } = row;
    const related = Object.keys(query.related).map((name) => item[name as keyof typeof item]);
    return { item: item as Item, entityTag: entityTagOf({ name: query.name, id, version, related }) };
  }

  /** The page after a cursor repeats the count of the page before. */
  private async readPage<Item extends { id: number }>(list: ListRequest<Item>): Promise<ReadPage<Item>> {
    const condition = conditionOf(list);
    const digest = digestOf(condition);
    const known = list.after?.counted?.digest === digest ? list.after.counted : undefined;
    const isCounted = list.request.count !== 'none' && known === undefined;
    const rows = await this.reads.query<Item & PageColumns>(pageStatement(list, condition, isCounted));
    const { 'page.found': found = null, 'page.matches': matches = 0 } = rows[0] ?? {};
    const rank = rows.at(-1)?.['page.rank'];
    const counted = isCounted ? { digest, matches: await countMatches(this.reads, condition, matches) } : known;
    const items = found === null ? [] : rows.map(withoutPageColumns);
    return { items, found, rank, counted: list.request.count === 'none' ? undefined : counted };
  }
}

interface ReadPage<Item> {
  items: Item[];
  /** One more than the items, or more, when a page follows. */
  found: number | null;
  /** Of the last item. */
  rank: string | undefined;
  counted: Counted | undefined;
}

/** Of a row that only this code has seen: changed rather than copied, from its end, which keeps it fast to read. */
function withoutPageColumns<Item>(row: Item & PageColumns): Item {
  for (const name of ['page.rank', 'page.matches', 'page.found'] as const) Reflect.deleteProperty(row, name);
  return row;
}
