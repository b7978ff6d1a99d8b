import type { SqlParameters } from './sql-parameters.js';

/** A column that a list can be ordered by. */
export interface SortableColumn<Item> {
  /** What is compared, in SQL. */
  column: string;
  /** The value of an item in this column, as text for the cursor. */
  valueOf: (item: Item) => string;
  /** Makes that text comparable in SQL, as in `$1::timestamptz`. */
  cast: (placeholder: string) => string;
}

/** The order by how well an item matches the search, the best one first. */
export const relevance = 'relevance';

/** By the name that a client gives in `sort`. */
export type SortableColumns<Item> = Readonly<Record<string, SortableColumn<Item>>>;

/** How a list is read. All of it is SQL of this API: nothing comes from a client. */
export interface PaginatedQuery<Item> {
  /** Names the list in its cursors. */
  name: string;
  /** The columns of one item that the client receives. */
  select: string;
  /** What the client receives of the rows of others, as JSON, by its name in the item. */
  related: Readonly<Record<string, string>>;
  /** The column that counts the updates of an item, for its entity tag. */
  version: string;
  /** A table and its alias. */
  from: string;
  /** The id column, which makes every order unique. */
  id: string;
  /** The column for full-text search. */
  searchVector: string;
  sortable: SortableColumns<Item>;
  /** How many bytes an item needs in JSON, where that can be many: a page ends before it has too many. */
  jsonBytes?: string;
}

/** SQL conditions for the filters of one list; they add their values to the parameters. */
export type Filters = (parameters: SqlParameters) => (string | undefined)[];
