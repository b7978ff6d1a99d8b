/**
 * SQL for a generated column: the words of these columns, for full-text search. Those of the first one, the title, weigh more.
 * https://www.postgresql.org/docs/current/textsearch-controls.html
 */
export const searchVectorOf = (...columns: string[]) =>
  columns
    .map(
      (column, place) => `setweight(to_tsvector('english', coalesce("${column}", '')), '${place === 0 ? 'A' : 'B'}')`,
    )
    .join(' || ');
