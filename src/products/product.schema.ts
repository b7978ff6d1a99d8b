import { z } from 'zod';
import { categoryIdsSchema, categoryLabelSchema } from '../categories/category.schema.js';
import { pageOf } from '../pagination/page.schema.js';
import { authorSchema } from '../users/user.schema.js';
import { maxInt4, multiLine, requestBody, singleLine, timestamp } from '../validation/field.schemas.js';
import { propertiesSchema } from './properties.schema.js';

/** ISO 4217, as the runtime's Unicode data (CLDR) knows it. */
const currencies = new Set(Intl.supportedValuesOf('currency'));
export const currencySchema = z
  .string('must be text')
  .refine((code) => currencies.has(code), 'must be an ISO 4217 code in upper case, as in EUR')
  .meta({ examples: ['EUR'] });

const price = z
  .strictObject(
    {
      amount: z
        .int('must be a whole number in the minor unit of the currency, at most 2^53 - 1: 1999 for 19.99 EUR')
        .min(0, 'must not be negative'),
      currency: currencySchema,
    },
    'must be an object with amount and currency',
  )
  .meta({ id: 'Price' });

const fields = {
  name: singleLine(200),
  description: multiLine(10_000),
  price,
  sku: singleLine(100).nullable(),
  stock: z
    .int('must be a whole number')
    .min(0, 'must not be negative')
    .max(maxInt4, `must not be larger than ${maxInt4}`),
  categoryIds: categoryIdsSchema,
  properties: propertiesSchema,
};

export const createProductSchema = requestBody({
  ...fields,
  description: fields.description.default(''),
  sku: fields.sku.default(null),
  stock: fields.stock.default(0),
  categoryIds: fields.categoryIds.default([]),
  properties: fields.properties.default({}),
}).meta({
  id: 'CreateProduct',
  examples: [{ name: 'Teapot', price: { amount: 2499, currency: 'EUR' }, stock: 5, properties: { colour: 'white' } }],
});
export type CreateProduct = z.infer<typeof createProductSchema>;

export const updateProductSchema = requestBody(fields)
  .partial()
  .meta({
    id: 'UpdateProduct',
    examples: [{ price: { amount: 1999, currency: 'EUR' } }],
  });
export type UpdateProduct = z.infer<typeof updateProductSchema>;

export const productSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string(),
    price: z.object({ amount: z.int(), currency: z.string() }),
    sku: z.string().nullable(),
    stock: z.int(),
    properties: z.record(z.string(), z.unknown()),
    creator: authorSchema,
    categories: z.array(categoryLabelSchema),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Product' });
export type ProductResponse = z.infer<typeof productSchema>;

export const productPageSchema = pageOf(productSchema, 'ProductPage');
