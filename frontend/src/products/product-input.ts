import type { Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { idsOf, textOf } from '../form/form-data';
import { toMinorUnits } from './money';

/** A product as it is typed into the form: the amount and the properties are still text. */
export type ProductInput = ReturnType<typeof toProductInput>;

export const toProductInput = (data: FormData) => ({
  name: textOf(data, 'name'),
  description: textOf(data, 'description'),
  amount: textOf(data, 'price.amount'),
  currency: textOf(data, 'price.currency'),
  stock: textOf(data, 'stock'),
  sku: textOf(data, 'sku'),
  properties: textOf(data, 'properties'),
  categoryIds: idsOf(data, 'categoryIds'),
});

/** @throws Problem with an error at the field whose text cannot be sent */
export function toProduct({ amount, currency, ...input }: ProductInput): Schemas['CreateProduct'] {
  return {
    ...input,
    price: { amount: toMinorUnits(amount, currency), currency },
    stock: Number(input.stock),
    sku: input.sku.trim() || null,
    properties: toProperties(input.properties),
  };
}

function toProperties(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text.trim() || '{}') as Record<string, unknown>; // The API checks that it is an object.
  } catch {
    const message = 'must be JSON, for example {"colour": "blue"}';
    throw new Problem('The properties are invalid.', 400, [{ path: 'properties', message }]);
  }
}
