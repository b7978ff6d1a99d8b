import { z } from 'zod';
import { categoryLabelSchema } from '../categories/category.schema.js';
import { body, categoryIds, line, text, whole } from '../http/input.schema.js';
import { pageOf, pageQuery } from '../http/page.schema.js';
import { personSchema } from '../users/user.schema.js';
import { propertiesSchema } from './properties.schema.js';

/** ISO 4217, as the runtime's Unicode data (CLDR) knows it. */
const currencies = new Set(Intl.supportedValuesOf('currency'));
const currency = z
  .string('must be text')
  .refine((code) => currencies.has(code), 'must be an ISO 4217 code in upper case, as in EUR')
  .meta({ examples: ['EUR'] });

const price = z
  .strictObject(
    {
      amount: z
        .int('must be a whole number in the minor unit of the currency, at most 2^53 - 1: 1999 for 19.99 EUR')
        .min(0, 'must not be negative'),
      currency,
    },
    'must be an object with amount and currency',
  )
  .meta({ id: 'Price' });

const fields = {
  name: line(200),
  description: text(10_000),
  price,
  sku: line(100).nullable(),
  stock: z
    .int('must be a whole number')
    .min(0, 'must not be negative')
    .max(2_147_483_647, 'must not be larger than 2147483647'),
  categoryIds,
  properties: propertiesSchema,
};

export const createProductSchema = body({
  ...fields,
  description: fields.description.default(''),
  sku: fields.sku.default(null),
  stock: fields.stock.default(0),
  categoryIds: fields.categoryIds.default([]),
  properties: fields.properties.default({}),
}).meta({ id: 'CreateProduct' });
export type CreateProduct = z.infer<typeof createProductSchema>;

export const updateProductSchema = body(fields).partial().meta({ id: 'UpdateProduct' });
export type UpdateProduct = z.infer<typeof updateProductSchema>;

export const listProductsSchema = pageQuery(['-createdAt', 'createdAt', 'name', '-name', 'price', '-price'], {
  categoryId: whole(1).optional(),
  minPrice: whole(0, Number.MAX_SAFE_INTEGER).optional().describe('In minor units'),
  maxPrice: whole(0, Number.MAX_SAFE_INTEGER).optional().describe('In minor units'),
  currency: currency.optional(),
});
export type ListProducts = z.infer<typeof listProductsSchema>;

export const productSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string(),
    price: z.object({ amount: z.int(), currency: z.string() }),
    sku: z.string().nullable(),
    stock: z.int(),
    properties: z.record(z.string(), z.unknown()),
    creator: personSchema,
    categories: z.array(categoryLabelSchema),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Product' });

export const productPageSchema = pageOf(productSchema, 'ProductPage');

/** A product as the database answers it; the times become ISO 8601 as JSON. */
export interface ProductRow extends Omit<z.infer<typeof productSchema>, 'createdAt' | 'updatedAt'> {
  createdAt: Date;
  updatedAt: Date;
}
