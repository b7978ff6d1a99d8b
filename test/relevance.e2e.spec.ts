import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from './support/api.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await api.dataSource.query(
    `INSERT INTO posts (title, content) VALUES
      ('Nothing of it', 'A heron stood beside another heron.'),
      ('Herons', 'They fish.'),
      ('Nothing of it either', 'One heron.'),
      ('Storks', 'They fish as well.'),
      ('Herons', 'They fish.')`,
  );
  await api.dataSource.query(
    `INSERT INTO products (name, description, "priceAmount", "priceCurrency") VALUES
      ('Print', 'A heron', 100, 'EUR'), ('Heron', 'A print', 100, 'EUR')`,
  );
  await api.dataSource.query(
    `INSERT INTO categories (name, description) VALUES ('Birds', 'The heron'), ('Heron', 'Birds')`,
  );
});
afterAll(() => api.close());

async function idsOf(path: string): Promise<number[]> {
  const { body } = await api.request.get(path).expect(200);
  return body.items.map(({ id }: { id: number }) => id);
}

async function walk(path: string): Promise<number[]> {
  const { body, headers } = await api.request.get(path).expect(200);
  const ids = body.items.map(({ id }: { id: number }) => id);
  const next = /<(.+)>; rel="next"/.exec(headers.link ?? '')?.[1];
  return next === undefined ? ids : [...ids, ...(await walk(next))];
}

describe('sort=relevance', () => {
  it('puts a word of the title before one of the text, more of them before fewer, and later items first', async () => {
    expect(await idsOf('/posts?search=heron&sort=relevance')).toEqual([5, 2, 1, 3]);
    expect(await idsOf('/products?search=heron&sort=relevance')).toEqual([2, 1]);
    expect(await idsOf('/categories?search=heron&sort=relevance')).toEqual([2, 1]);
  });

  it.each(['heron', 'fish', 'heron or fish', 'nothing'])('has each match of %s once, page by page', async (search) => {
    const path = `/posts?search=${encodeURIComponent(search)}&sort=relevance`;
    const all = await idsOf(path);
    expect(all.length).toBeGreaterThan(1);
    for (const limit of [1, 2, 3]) expect(await walk(`${path}&limit=${String(limit)}`)).toEqual(all);
    expect(await idsOf(`${path}&offset=1`)).toEqual(all.slice(1));
  });

  it('has the count, the filters and an empty page like every order', async () => {
    const { body } = await api.request.get('/posts?search=heron&sort=relevance&limit=1').expect(200);
    expect(body).toEqual({ count: 4, items: [expect.objectContaining({ id: 5, categories: [] })] });
    expect(Object.keys(body.items[0])).toEqual([
      'id',
      'title',
      'content',
      'createdAt',
      'updatedAt',
      'author',
      'categories',
    ]);
    const none = await api.request.get('/posts?search=heron&sort=relevance&authorId=7').expect(200);
    expect(none.body).toEqual({ count: 0, items: [] });
  });

  it.each(['', '&search=', '&search=%20'])('is a 400 without a search (%s)', async (search) => {
    const { body } = await api.request.get(`/posts?sort=relevance${search}`).expect(400);
    expect(body.errors).toEqual([{ path: 'sort', message: 'can only be relevance together with search' }]);
  });

  it('has cursors of its own', async () => {
    const { headers } = await api.request.get('/posts?search=heron&sort=relevance&limit=1').expect(200);
    const next = /<(.+)>; rel="next"/.exec(headers.link ?? '')?.[1] ?? '';
    await api.request.get(next.replace('sort=relevance', 'sort=title')).expect(400);
  });
});

describe('a search', () => {
  it('finds what has been changed', async () => {
    await api.dataSource.query(`UPDATE posts SET content = 'An egret.' WHERE id = 3`);
    expect(await idsOf('/posts?search=egret')).toEqual([3]);
    expect(await idsOf('/posts?search=heron&sort=createdAt')).not.toContain(3);
  });
});
