import { z } from 'zod';
import { categoryIdsSchema, categoryLabelSchema } from '../categories/category.schema.js';
import { pageOf } from '../pagination/page.schema.js';
import { authorSchema } from '../users/user.schema.js';
import { multiLine, requestBody, singleLine, timestamp } from '../validation/field.schemas.js';

const title = singleLine(200);
const content = multiLine(100_000).refine((value) => value.trim() !== '', 'must not be empty');

export const createPostSchema = requestBody({
  title,
  content,
  categoryIds: categoryIdsSchema.default([]),
}).meta({ id: 'CreatePost', examples: [{ title: 'Hello', content: 'From the documentation' }] });
export type CreatePost = z.infer<typeof createPostSchema>;

export const updatePostSchema = requestBody({
  title: title.optional(),
  content: content.optional(),
  categoryIds: categoryIdsSchema.optional(),
}).meta({ id: 'UpdatePost', examples: [{ title: 'Hello again' }] });
export type UpdatePost = z.infer<typeof updatePostSchema>;

export const postSchema = z
  .object({
    id: z.int(),
    title: z.string(),
    content: z.string(),
    author: authorSchema,
    categories: z.array(categoryLabelSchema),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Post' });
export type PostResponse = z.infer<typeof postSchema>;

export const postPageSchema = pageOf(postSchema, 'PostPage');
