import { z } from 'zod';
import { body, line, text } from '../http/input.schema.js';
import { pageOf, pageQuery } from '../http/page.schema.js';
import { personSchema } from '../users/user.schema.js';

const name = line(100);
const description = text(1_000);

export const createCategorySchema = body({ name, description: description.default('') }).meta({ id: 'CreateCategory' });
export type CreateCategory = z.infer<typeof createCategorySchema>;

export const updateCategorySchema = body({ name: name.optional(), description: description.optional() }).meta({
  id: 'UpdateCategory',
});
export type UpdateCategory = z.infer<typeof updateCategorySchema>;

export const listCategoriesSchema = pageQuery(['name', '-name', 'createdAt', '-createdAt'], {});
export type ListCategories = z.infer<typeof listCategoriesSchema>;

/** A category inside a post or a product. */
export const categoryLabelSchema = z.object({ id: z.int(), name: z.string() }).meta({ id: 'CategoryLabel' });

export const categorySchema = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string(),
    creator: personSchema,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Category' });

export const categoryPageSchema = pageOf(categorySchema, 'CategoryPage');

/** A category as the database answers it; the times become ISO 8601 as JSON. */
export interface CategoryRow extends Omit<z.infer<typeof categorySchema>, 'createdAt' | 'updatedAt'> {
  createdAt: Date;
  updatedAt: Date;
}
