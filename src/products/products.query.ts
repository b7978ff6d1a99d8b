import type { z } from 'zod';
import { categoryLabelsJson } from '../categories/categories.query.js';
import { pageQuery } from '../pagination/page.schema.js';
import type { Filters, PaginatedQuery, SortableColumns } from '../pagination/paginated-query.js';
import { authorJson } from '../users/user.schema.js';
import { integerParam } from '../validation/field.schemas.js';
import { currencySchema, type ProductResponse } from './product.schema.js';

const sortable = {
  createdAt: {
    column: 'product."createdAt"',
    valueOf: ({ createdAt }) => createdAt.toISOString(),
    cast: (placeholder) => `${placeholder}::timestamptz`,
  },
  name: { column: 'product.name', valueOf: ({ name }) => name, cast: (placeholder) => `${placeholder}::text` },
  price: {
    column: 'product."priceAmount"',
    valueOf: ({ price }) => String(price.amount),
    cast: (placeholder) => `${placeholder}::bigint`,
  },
} satisfies SortableColumns<ProductResponse>;

export const listProductsSchema = pageQuery(sortable, '-createdAt', {
  categoryId: integerParam(1).optional(),
  minPrice: integerParam(0, Number.MAX_SAFE_INTEGER).optional().describe('In minor units'),
  maxPrice: integerParam(0, Number.MAX_SAFE_INTEGER).optional().describe('In minor units'),
  currency: currencySchema.optional(),
});
export type ListProducts = z.infer<typeof listProductsSchema>;

export const productsQuery: PaginatedQuery<ProductResponse> = {
  name: 'products',
  from: 'products product',
  id: 'product.id',
  select: `product.id, product.name, product.description,
    json_build_object('amount', product."priceAmount", 'currency', product."priceCurrency") AS price,
    product.sku, product.stock, product.properties, product."createdAt", product."updatedAt"`,
  related: {
    creator: authorJson('product."creatorId"'),
    categories: categoryLabelsJson('product_categories', 'productId', 'product.id'),
  },
  version: 'product.version',
  searchVector: 'product."searchVector"',
  sortable,
  jsonBytes: 'product."jsonBytes"',
};

export const productFilters =
  ({ categoryId, minPrice, maxPrice, currency }: ListProducts): Filters =>
  (parameters) => [
    minPrice === undefined ? undefined : `product."priceAmount" >= ${parameters.add(minPrice)}`,
    maxPrice === undefined ? undefined : `product."priceAmount" <= ${parameters.add(maxPrice)}`,
    currency === undefined ? undefined : `product."priceCurrency" = ${parameters.add(currency)}`,
    categoryId === undefined
      ? undefined
      : `EXISTS (SELECT FROM product_categories link
        WHERE link."productId" = product.id AND link."categoryId" = ${parameters.add(categoryId)})`,
  ];
