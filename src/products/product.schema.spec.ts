import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createProductSchema, updateProductSchema } from './product.schema.js';
import { propertiesSchema } from './properties.schema.js';

const pen = { name: 'Pen', price: { amount: 199, currency: 'EUR' } };

describe('a product', () => {
  it('has a default for everything but name and price', () => {
    const defaults = { description: '', sku: null, stock: 0, categoryIds: [], properties: {} };
    expect(createProductSchema.parse(pen)).toEqual({ ...pen, ...defaults });
  });

  it('is changed by nothing that was not sent', () => {
    expect(updateProductSchema.parse({})).toEqual({});
    expect(updateProductSchema.parse({ stock: 1 })).toEqual({ stock: 1 });
  });

  it.each(['EUR', 'USD', 'JPY', 'CHF', 'KWD', 'CLP', 'INR'])('may cost %s', (currency) => {
    const product = { ...pen, price: { amount: 1, currency } };
    expect(createProductSchema.safeParse(product).success).toBe(true);
  });

  it.each(['EURO', 'eur', 'Eur', '', 'ZZZ', '€', ' EUR', 'EUR ', 978, null])('may not cost %j', (currency) => {
    const { error } = createProductSchema.safeParse({ ...pen, price: { amount: 1, currency } });
    expect(error?.issues).toMatchObject([{ path: ['price', 'currency'] }]);
  });
});

describe('properties', () => {
  it('may be any JSON object that comes back as it was sent', () => {
    const key = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__proto__' && !text.includes('\0'));
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, true, false, 0, 0.1, -1e-7, Number.MAX_SAFE_INTEGER),
        key,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(key, value), (properties) => {
        expect(propertiesSchema.parse(properties)).toEqual(properties);
      }),
    );
  });

  const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) });

  it('may be nested as deep as it says', () => {
    expect(propertiesSchema.safeParse(nested(20)).success).toBe(true);
    expect(propertiesSchema.safeParse(nested(21)).success).toBe(false);
  });

  it.each([
    null,
    [],
    'a',
    5,
    { a: Infinity },
    { a: [1, [2 ** 53]] },
    { a: -(2 ** 53) },
    { a: '\0' },
    { '\0': 1 },
    { a: { '\uD800': 1 } },
    JSON.parse('{"__proto__":1}') as object,
    JSON.parse('{"a":[{"__proto__":{}}]}') as object,
  ])('may not be %j', (properties) => {
    expect(propertiesSchema.safeParse(properties).error?.issues).toHaveLength(1);
  });
});
