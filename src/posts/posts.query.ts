import type { z } from 'zod';
import { categoryLabelsJson } from '../categories/categories.query.js';
import { pageQuery } from '../pagination/page.schema.js';
import type { Filters, PaginatedQuery, SortableColumns } from '../pagination/paginated-query.js';
import { authorJson } from '../users/user.schema.js';
import { integerParam } from '../validation/field.schemas.js';
import type { PostResponse } from './post.schema.js';

const sortable = {
  createdAt: {
    column: 'post."createdAt"',
    valueOf: ({ createdAt }) => createdAt.toISOString(),
    cast: (placeholder) => `${placeholder}::timestamptz`,
  },
  updatedAt: {
    column: 'post."updatedAt"',
    valueOf: ({ updatedAt }) => updatedAt.toISOString(),
    cast: (placeholder) => `${placeholder}::timestamptz`,
  },
  title: { column: 'post.title', valueOf: ({ title }) => title, cast: (placeholder) => `${placeholder}::text` },
} satisfies SortableColumns<PostResponse>;

export const listPostsSchema = pageQuery(sortable, '-createdAt', {
  categoryId: integerParam(1).optional(),
  authorId: integerParam(1).optional(),
});
export type ListPosts = z.infer<typeof listPostsSchema>;

export const postsQuery: PaginatedQuery<PostResponse> = {
  name: 'posts',
  from: 'posts post',
  id: 'post.id',
  select: 'post.id, post.title, post.content, post."createdAt", post."updatedAt"',
  related: {
    author: authorJson('post."authorId"'),
    categories: categoryLabelsJson('post_categories', 'postId', 'post.id'),
  },
  version: 'post.version',
  searchVector: 'post."searchVector"',
  sortable,
  jsonBytes: 'post."jsonBytes"',
};

export const postFilters =
  ({ authorId, categoryId }: ListPosts): Filters =>
  (parameters) => [
    authorId === undefined ? undefined : `post."authorId" = ${parameters.add(authorId)}`,
    categoryId === undefined
      ? undefined
      : `EXISTS (SELECT FROM post_categories link
        WHERE link."postId" = post.id AND link."categoryId" = ${parameters.add(categoryId)})`,
  ];
