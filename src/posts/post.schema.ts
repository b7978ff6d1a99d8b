import { z } from 'zod';
import { categoryLabelSchema } from '../categories/category.schema.js';
import { body, categoryIds, line, text, whole } from '../http/input.schema.js';
import { pageOf, pageQuery } from '../http/page.schema.js';
import { personSchema } from '../users/user.schema.js';

const title = line(200);
const content = text(100_000).refine((value) => value.trim() !== '', 'must not be empty');

export const createPostSchema = body({
  title,
  content,
  categoryIds: categoryIds.default([]),
}).meta({
  id: 'CreatePost',
});
export type CreatePost = z.infer<typeof createPostSchema>;

export const updatePostSchema = body({
  title: title.optional(),
  content: content.optional(),
  categoryIds: categoryIds.optional(),
}).meta({ id: 'UpdatePost' });
export type UpdatePost = z.infer<typeof updatePostSchema>;

export const listPostsSchema = pageQuery(['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', 'title', '-title'], {
  categoryId: whole(1).optional(),
  authorId: whole(1).optional(),
});
export type ListPosts = z.infer<typeof listPostsSchema>;

export const postSchema = z
  .object({
    id: z.int(),
    title: z.string(),
    content: z.string(),
    author: personSchema,
    categories: z.array(categoryLabelSchema),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Post' });

export const postPageSchema = pageOf(postSchema, 'PostPage');

/** A post as the database answers it; the times become ISO 8601 as JSON. */
export interface PostRow extends Omit<z.infer<typeof postSchema>, 'createdAt' | 'updatedAt'> {
  createdAt: Date;
  updatedAt: Date;
}
