import { categoryLabels } from '../categories/categories.listing.js';
import type { Filters, Listing } from '../database/pages.service.js';
import type { ListProducts, ProductRow } from './product.schema.js';

export const productsListing: Listing<ProductRow> = {
  name: 'products',
  from: 'products product',
  id: 'product.id',
  select: `product.id, product.name, product.description,
    json_build_object('amount', product."priceAmount", 'currency', product."priceCurrency") AS price,
    product.sku, product.stock, product.properties,
    (SELECT json_build_object('id', person.id, 'name', person.name)
      FROM users person WHERE person.id = product."creatorId") AS creator,
    ${categoryLabels('product_categories', 'productId', 'product.id')} AS categories,
    product."createdAt", product."updatedAt"`,
  search: `to_tsvector('english', product.name || ' ' || product.description)`,
  orders: {
    createdAt: {
      column: 'product."createdAt"',
      valueOf: ({ createdAt }) => createdAt.toISOString(),
      cast: (value) => `${value}::timestamptz`,
    },
    name: { column: 'product.name', valueOf: ({ name }) => name, cast: (value) => `${value}::text` },
    price: {
      column: 'product."priceAmount"',
      valueOf: ({ price }) => String(price.amount),
      cast: (value) => `${value}::bigint`,
    },
  },
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
