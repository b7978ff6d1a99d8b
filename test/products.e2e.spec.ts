import { describe, expect, it } from '@jest/globals';
import { productSchema } from '../src/products/product.schema.js';
import { createCategory, startApiWithUsers } from './support/feature.js';
import { sentAs } from './support/openapi.js';

const { api, ada, other } = await startApiWithUsers();

const pen = { name: 'Pen', price: { amount: 199, currency: 'EUR' } };

let counter = 0;

async function createProduct(fields: object = {}) {
  const { body } = await ada.agent
    .post('/products')
    .send({ ...pen, ...fields })
    .expect(201);
  return body as { id: number; updatedAt: string };
}

const stored = async (id: number) => (await api.request.get(`/products/${String(id)}`).expect(200)).body;

const countProducts = async () => Number((await api.dataSource.query('SELECT count(*) FROM products'))[0].count);

/** As text, since JavaScript's own writer cannot say everything that JSON can. */
const postText = (json: string) => ada.agent.post('/products').set('Content-Type', 'application/json').send(json);

const withProperties = (json: string) => `{"name":"Pen","price":{"amount":1,"currency":"EUR"},"properties":${json}}`;

describe('making a product', () => {
  it('answers with the product, its creator and its categories, and says where it is', async () => {
    const category = await createCategory(ada);
    const fields = { description: 'Writes', sku: 'PEN-1', stock: 3, properties: { colour: 'blue' } };
    const product = { ...pen, ...fields, categoryIds: [category.id] };
    const { body, headers } = await ada.agent.post('/products').send(product).expect(201);
    expect(body).toEqual({
      id: expect.any(Number),
      ...pen,
      ...fields,
      creator: { id: ada.id, name: 'Ada' },
      categories: [category],
      createdAt: expect.any(String),
      updatedAt: body.createdAt,
    });
    expect(headers.location).toBe(`/products/${String(body.id)}`);
    expect(sentAs(productSchema, body)).toEqual(body);
    await api.request.get(headers.location ?? '').expect(200, body);
  });

  it('gives what is left out its default', async () => {
    const defaults = { description: '', sku: null, stock: 0, properties: {}, categories: [] };
    expect(await createProduct()).toMatchObject(defaults);
  });

  it.each([0, 1, 2_147_483_648, Number.MAX_SAFE_INTEGER])('keeps a price of %d minor units exactly', async (amount) => {
    const price = { amount, currency: 'JPY' };
    expect(await createProduct({ price })).toMatchObject({ price });
  });

  it.each([
    ['an amount of 0.1', { price: { amount: 0.1, currency: 'EUR' } }, 'price.amount'],
    ['an amount of -1', { price: { amount: -1, currency: 'EUR' } }, 'price.amount'],
    ['an amount of 1e30', { price: { amount: 1e30, currency: 'EUR' } }, 'price.amount'],
    ['an amount of 2^53', { price: { amount: 2 ** 53, currency: 'EUR' } }, 'price.amount'],
    ['an amount of "5"', { price: { amount: '5', currency: 'EUR' } }, 'price.amount'],
    ['an amount of null', { price: { amount: null, currency: 'EUR' } }, 'price.amount'],
    ['the currency EURO', { price: { amount: 1, currency: 'EURO' } }, 'price.currency'],
    ['the currency eur', { price: { amount: 1, currency: 'eur' } }, 'price.currency'],
    ['the currency ZZZ', { price: { amount: 1, currency: 'ZZZ' } }, 'price.currency'],
    ['no currency', { price: { amount: 1 } }, 'price.currency'],
    ['an unknown key in the price', { price: { ...pen.price, vat: 19 } }, 'price.vat'],
    ['a price that is a number', { price: 199 }, 'price'],
    ['no price', { price: undefined }, 'price'],
    ['a name of spaces', { name: ' ' }, 'name'],
    ['a negative stock', { stock: -1 }, 'stock'],
    ['half a piece', { stock: 0.5 }, 'stock'],
    ['a stock beyond int4', { stock: 2_147_483_648 }, 'stock'],
    ['an empty sku', { sku: '' }, 'sku'],
    ['a NUL in the sku', { sku: 'a\0' }, 'sku'],
    ['properties that are a list', { properties: [] }, 'properties'],
    ['properties that are null', { properties: null }, 'properties'],
    ['an unknown key', { creator: 1 }, 'creator'],
  ])('refuses %s, naming it', async (_, fields, path) => {
    const before = await countProducts();
    const { body } = await ada.agent
      .post('/products')
      .send({ ...pen, ...fields })
      .expect(400);
    expect(body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
    expect(await countProducts()).toBe(before);
  });

  it('names unknown categories', async () => {
    const product = { ...pen, categoryIds: [999_999] };
    const { body } = await ada.agent.post('/products').send(product).expect(422);
    expect(body.errors).toEqual([{ path: 'categoryIds.0', message: 'is not a category: 999999' }]);
  });

  it('refuses a sku that another product has, also of many at the same moment', async () => {
    const skus = Array.from({ length: 5 }, () => ada.agent.post('/products').send({ ...pen, sku: 'UNIQUE-1' }));
    const answers = await Promise.all(skus);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.detail).toBe('There is already a product with this sku.');
  });

  it('refuses a product without a session', async () => {
    const before = await countProducts();
    await api.request.post('/products').send(pen).expect(401);
    expect(await countProducts()).toBe(before);
  });
});

describe('properties', () => {
  it.each([
    ['everything JSON has', '{"a":[1,-2.5,1e-7,true,false,null,"",{"":{}}],"ключ":"🦜","constructor":{"prototype":1}}'],
    ['escapes', String.raw`{"a":"\u001f\\\" \u2028","b\n":"\ud83e\udd9c"}`],
    ['the largest exact integers', '{"max":9007199254740991,"min":-9007199254740991}'],
    ['small and long fractions', '{"a":5e-324,"b":0.1,"c":123456.789012345}'],
    ['twenty levels', `${'{"a":'.repeat(20)}1${'}'.repeat(20)}`],
  ])('come back as they were sent: %s', async (_, json) => {
    const { body } = await postText(withProperties(json)).expect(201);
    expect(body.properties).toEqual(JSON.parse(json));
    expect((await stored(body.id)).properties).toEqual(JSON.parse(json));
  });

  it.each([
    ['1e400', '{"a":1e400}', 'has a number that JSON cannot carry exactly'],
    ['an integer that would be rounded', '{"a":[9007199254740993]}', 'has a number that JSON cannot carry exactly'],
    ['NUL in a value', String.raw`{"a":"\u0000"}`, 'NUL'],
    ['NUL in a key', String.raw`{"\u0000":1}`, 'NUL'],
    ['a lone surrogate', String.raw`{"a":"\ud800"}`, 'broken Unicode'],
    ['a key named __proto__', '{"a":{"__proto__":{"isAdmin":true}}}', '__proto__'],
    ['21 levels', `${'{"a":'.repeat(21)}1${'}'.repeat(21)}`, 'nested deeper than 20 levels'],
  ])('refuse what would not come back as it was sent: %s', async (_, json, message) => {
    const before = await countProducts();
    const { body } = await postText(withProperties(json)).expect(400);
    expect(body.errors).toEqual([{ path: 'properties', message: expect.stringContaining(message) }]);
    expect(await countProducts()).toBe(before);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

it('refuses a product that is nested 100,000 levels deep before it is parsed', async () => {
  const before = await countProducts();
  const { body } = await postText(withProperties(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).expect(400);
  expect(body.detail).toBe('The body is nested deeper than 64 levels.');
  expect(await countProducts()).toBe(before);
});

describe('changing a product', () => {
  it.each([
    [{ name: 'Pencil' }],
    [{ price: { amount: 5, currency: 'USD' } }],
    [{ sku: null }],
    [{ stock: 9 }],
    [{ description: '' }],
    [{ properties: { size: 'L' } }],
    [{}],
  ])('changes only what is sent: %j', async (changes) => {
    const categoryIds = [(await createCategory(ada)).id];
    const sku = `SKU-${String((counter += 1))}`;
    const before = await createProduct({ categoryIds, sku, description: 'Old', stock: 1, properties: { a: 1 } });
    const { body } = await ada.agent
      .patch(`/products/${String(before.id)}`)
      .send(changes)
      .expect(200);
    expect(body).toEqual({ ...before, ...changes, updatedAt: expect.any(String) });
    expect(await stored(before.id)).toEqual(body);
  });

  it('refuses half a price', async () => {
    const product = await createProduct();
    const changes = { price: { amount: 5 } };
    await ada.agent
      .patch(`/products/${String(product.id)}`)
      .send(changes)
      .expect(400);
    expect(await stored(product.id)).toEqual(product);
  });

  it('replaces the whole product with PUT, so that what is left out gets its default', async () => {
    const categoryIds = [(await createCategory(ada)).id];
    const { id } = await createProduct({
      categoryIds,
      sku: 'PUT-1',
      description: 'Old',
      stock: 1,
      properties: { a: 1 },
    });
    const product = { name: 'New', price: { amount: 1, currency: 'USD' } };
    const { body } = await ada.agent
      .put(`/products/${String(id)}`)
      .send(product)
      .expect(200);
    const defaults = { description: '', sku: null, stock: 0, properties: {}, categories: [] };
    expect(body).toMatchObject({ id, ...product, ...defaults });
    expect(await stored(id)).toEqual(body);
  });

  it('loses none of many changes made at the same moment', async () => {
    const { id } = await createProduct();
    const all = [{ name: 'New' }, { stock: 7 }, { description: 'New' }, { properties: { a: 1 } }];
    const change = (body: object) =>
      ada.agent
        .patch(`/products/${String(id)}`)
        .send(body)
        .expect(200);
    await Promise.all(all.map(change));
    expect(await stored(id)).toMatchObject(Object.assign({}, ...all));
  });

  it.each([
    ['patch', { name: 'Mine' }],
    ['put', pen],
    ['delete', undefined],
  ] as const)('refuses %s by a stranger and without a session, and answers 404 for nothing', async (method, change) => {
    const product = await createProduct();
    const path = `/products/${String(product.id)}`;
    await other.agent[method](path).send(change).expect(403);
    await api.request[method](path).send(change).expect(401);
    await ada.agent[method]('/products/2147483647').send(change).expect(404);
    await ada.agent[method]('/products/99999999999999999999').send(change).expect(400);
    expect(await stored(product.id)).toEqual(product);
  });

  it('is deleted with 204, and is 404 from then on', async () => {
    const { id } = await createProduct({ categoryIds: [(await createCategory(ada)).id] });
    await ada.agent.delete(`/products/${String(id)}`).expect(204, '');
    await api.request.get(`/products/${String(id)}`).expect(404);
  });
});

describe('listing products', () => {
  const names = async (query: object) =>
    (await api.request.get('/products').query(query).expect(200)).body.items.map(({ name }: { name: string }) => name);

  it('filters by price, currency and category together, the bounds included', async () => {
    const { id: categoryId } = await createCategory(ada);
    for (const [name, amount, currency] of [
      ['a', 100, 'EUR'],
      ['b', 200, 'EUR'],
      ['c', 300, 'EUR'],
      ['d', 200, 'USD'],
    ])
      await createProduct({ name, price: { amount, currency }, categoryIds: [categoryId] });
    await createProduct({ name: 'elsewhere', price: { amount: 200, currency: 'EUR' } });
    const query = { categoryId, sort: 'name' };
    expect(await names(query)).toEqual(['a', 'b', 'c', 'd']);
    expect(await names({ ...query, minPrice: 200 })).toEqual(['b', 'c', 'd']);
    expect(await names({ ...query, maxPrice: 200, currency: 'EUR' })).toEqual(['a', 'b']);
    expect(await names({ ...query, minPrice: 200, maxPrice: 200, currency: 'USD' })).toEqual(['d']);
    expect(await names({ ...query, minPrice: 300, maxPrice: 200 })).toEqual([]);
    expect(await names({ categoryId, sort: '-price' })).toEqual(['c', 'd', 'b', 'a']);
  });

  it('finds words in name and description', async () => {
    await createProduct({ name: 'Zeppelin', description: 'Filled with helium' });
    expect(await names({ search: 'zeppelins' })).toEqual(['Zeppelin']);
    expect(await names({ search: 'helium', maxPrice: 199 })).toEqual(['Zeppelin']);
    expect(await names({ search: 'helium', maxPrice: 198 })).toEqual([]);
  });

  it.each(['minPrice=-1', 'minPrice=1.5', 'maxPrice=abc', 'maxPrice=9007199254740993', 'currency=EURO', 'sku=a'])(
    'refuses %s',
    async (query) => {
      const { body } = await api.request.get(`/products?${query}`).expect(400);
      expect(body.errors).toEqual([{ path: query.split('=')[0], message: expect.any(String) }]);
    },
  );
});
