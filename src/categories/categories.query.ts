import type { z } from 'zod';
import { pageQuery } from '../pagination/page.schema.js';
import type { PaginatedQuery, SortableColumns } from '../pagination/paginated-query.js';
import { authorJson } from '../users/user.schema.js';
import type { CategoryResponse } from './category.schema.js';

const sortable = {
  name: {
    column: 'lower(category.name)',
    valueOf: ({ name }) => name,
    cast: (placeholder) => `lower(${placeholder}::text)`,
  },
  createdAt: {
    column: 'category."createdAt"',
    valueOf: ({ createdAt }) => createdAt.toISOString(),
    cast: (placeholder) => `${placeholder}::timestamptz`,
  },
} satisfies SortableColumns<CategoryResponse>;

export const listCategoriesSchema = pageQuery(sortable, 'name', {});
export type ListCategories = z.infer<typeof listCategoriesSchema>;

export const categoriesQuery: PaginatedQuery<CategoryResponse> = {
  name: 'categories',
  from: 'categories category',
  id: 'category.id',
  select: 'category.id, category.name, category.description, category."createdAt", category."updatedAt"',
  related: { creator: authorJson('category."creatorId"') },
  version: 'category.version',
  searchVector: 'category."searchVector"',
  sortable,
};

/**
 * SQL for the categories of one row, as `categoryLabelSchema` has them.
 *
 * @param table joins the rows with their categories
 * @param column of that table: the id of the row
 * @param id the row whose categories are selected
 */
export const categoryLabelsJson = (table: string, column: string, id: string) => `(
    SELECT coalesce(json_agg(json_build_object('id', category.id, 'name', category.name) ORDER BY lower(category.name)), '[]')
      FROM ${table} link JOIN categories category ON category.id = link."categoryId"
      WHERE link."${column}" = ${id})`;
