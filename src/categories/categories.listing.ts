import type { Listing } from '../database/pages.service.js';
import type { CategoryRow } from './category.schema.js';

export const categoriesListing: Listing<CategoryRow> = {
  name: 'categories',
  from: 'categories category',
  id: 'category.id',
  select: `category.id, category.name, category.description,
    (SELECT json_build_object('id', person.id, 'name', person.name)
      FROM users person WHERE person.id = category."creatorId") AS creator,
    category."createdAt", category."updatedAt"`,
  search: `to_tsvector('english', category.name || ' ' || category.description)`,
  orders: {
    name: { column: 'lower(category.name)', valueOf: ({ name }) => name, cast: (value) => `lower(${value}::text)` },
    createdAt: {
      column: 'category."createdAt"',
      valueOf: ({ createdAt }) => createdAt.toISOString(),
      cast: (value) => `${value}::timestamptz`,
    },
  },
};

/** SQL for the labels of the categories of one row, through a table that joins them. */
export const categoryLabels = (table: string, column: string, id: string) => `(
    SELECT coalesce(json_agg(json_build_object('id', category.id, 'name', category.name) ORDER BY lower(category.name)), '[]')
      FROM ${table} link JOIN categories category ON category.id = link."categoryId"
      WHERE link."${column}" = ${id})`;
