import { categoryLabels } from '../categories/categories.listing.js';
import type { Filters, Listing } from '../database/pages.service.js';
import type { ListPosts, PostRow } from './post.schema.js';

export const postsListing: Listing<PostRow> = {
  name: 'posts',
  from: 'posts post',
  id: 'post.id',
  select: `post.id, post.title, post.content,
    (SELECT json_build_object('id', person.id, 'name', person.name)
      FROM users person WHERE person.id = post."authorId") AS author,
    ${categoryLabels('post_categories', 'postId', 'post.id')} AS categories,
    post."createdAt", post."updatedAt"`,
  search: `to_tsvector('english', post.title || ' ' || post.content)`,
  orders: {
    createdAt: {
      column: 'post."createdAt"',
      valueOf: ({ createdAt }) => createdAt.toISOString(),
      cast: (value) => `${value}::timestamptz`,
    },
    updatedAt: {
      column: 'post."updatedAt"',
      valueOf: ({ updatedAt }) => updatedAt.toISOString(),
      cast: (value) => `${value}::timestamptz`,
    },
    title: { column: 'post.title', valueOf: ({ title }) => title, cast: (value) => `${value}::text` },
  },
};

export const postFilters =
  ({ authorId, categoryId }: ListPosts): Filters =>
  (parameters) => [
    authorId === undefined ? undefined : `post."authorId" = ${parameters.add(authorId)}`,
    categoryId === undefined
      ? undefined
      : `EXISTS (SELECT FROM post_categories link WHERE link."postId" = post.id AND link."categoryId" = ${parameters.add(categoryId)})`,
  ];
