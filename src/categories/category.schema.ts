import { z } from 'zod';
import { pageOf } from '../pagination/page.schema.js';
import { authorSchema } from '../users/user.schema.js';
import { maxInt4, multiLine, requestBody, singleLine, timestamp } from '../validation/field.schemas.js';

const name = singleLine(100);
const description = multiLine(1_000);

export const createCategorySchema = requestBody({ name, description: description.default('') }).meta({
  id: 'CreateCategory',
  examples: [{ name: 'Tea', description: 'All about tea' }],
});
export type CreateCategory = z.infer<typeof createCategorySchema>;

export const updateCategorySchema = requestBody({
  name: name.optional(),
  description: description.optional(),
}).meta({ id: 'UpdateCategory', examples: [{ description: 'Green, black and white' }] });
export type UpdateCategory = z.infer<typeof updateCategorySchema>;

/** The categories of a post or a product. A repeated id counts once. */
export const categoryIdsSchema = z
  .array(
    z.int('must be a category id').min(1, 'must be a category id').max(maxInt4, 'must be a category id'),
    'must be a list of category ids',
  )
  .max(50, 'must not be more than 50');

/** A category inside a post or a product. */
export const categoryLabelSchema = z.object({ id: z.int(), name: z.string() }).meta({ id: 'CategoryLabel' });

export const categorySchema = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string(),
    creator: authorSchema,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Category' });
export type CategoryResponse = z.infer<typeof categorySchema>;

export const categoryPageSchema = pageOf(categorySchema, 'CategoryPage');
