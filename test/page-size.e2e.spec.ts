import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startApi, type Api } from './support/api.js';
import { createUser, type User } from './support/users.js';

/** In bytes; beside it a page has names, ids and times. */
const maxPageBytes = 1_000_000;
const restOfAnItem = 1_000;

let api: Api;
let ada: User;
beforeAll(async () => {
  api = await startApi();
  ada = await createUser(api);
});
afterAll(() => api.close());

interface Page {
  ids: number[];
  contents: string[];
  count: number;
  bytes: number;
  next?: string;
}

async function pageOf(path: string): Promise<Page> {
  const { text, body, headers } = await api.request.get(path).expect(200);
  const items = body.items as { id: number; content: string }[];
  const next = /<(.+)>; rel="next"/.exec(headers.link ?? '')?.[1];
  const [ids, contents] = [items.map(({ id }) => id), items.map(({ content }) => content)];
  return { ids, contents, count: body.count, bytes: Buffer.byteLength(text), ...(next !== undefined && { next }) };
}

async function pagesOf(path: string): Promise<Page[]> {
  const pages = [await pageOf(path)];
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) pages.push(await pageOf(next));
  return pages;
}

/** Posts of somebody new. @returns the filter that lists them */
async function publish(content: string, count: number): Promise<string> {
  const { id } = await createUser(api);
  await api.dataSource.query(
    `INSERT INTO posts (title, content, "authorId") SELECT 'Long', $1, $2 FROM generate_series(1, $3)`,
    [content, id, count],
  );
  return `/posts?limit=100&authorId=${id}`;
}

describe('a page of long items', () => {
  it.each([
    ['of one byte', 'x'.repeat(100_000), 9],
    ['of four bytes', '🦜'.repeat(50_000), 4],
    ['that become two in JSON', '"'.repeat(100_000), 4],
    ['that become six in JSON', '\u0001'.repeat(100_000), 1],
  ])('ends early, with whole contents and a link to the next one: characters %s', async (_, content, perPage) => {
    const path = await publish(content, 20);
    const pages = await pagesOf(path);
    expect(pages[0]?.ids).toHaveLength(perPage);
    expect(pages.flatMap(({ ids }) => ids)).toHaveLength(20);
    expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(20);
    for (const page of pages) {
      expect(page.count).toBe(20);
      expect(page.bytes).toBeLessThanOrEqual(maxPageBytes + restOfAnItem * page.ids.length);
      expect(page.contents.every((each) => each === content)).toBe(true);
    }
  });

  it('has as many short items as are asked for', async () => {
    const [page] = await pagesOf(await publish('short', 100));
    expect([page?.ids.length, page?.next]).toEqual([100, undefined]);
  });

  it('never leaves the contents of other pages to the API: the database sends those of this one', async () => {
    const path = await publish('words and '.repeat(10_000), 20);
    const query = jest.spyOn(api.dataSource, 'query');
    await pageOf(path);
    const results = await Promise.all(query.mock.results.map(({ value }) => value as Promise<unknown[]>));
    query.mockRestore();
    expect(JSON.stringify(results).length).toBeLessThan(maxPageBytes + 20 * restOfAnItem);
  });

  it('counts the descriptions and the properties of products', async () => {
    const properties = { text: 'z'.repeat(9_000) };
    await api.dataSource.query(
      `INSERT INTO products (name, description, "priceAmount", "priceCurrency", properties, "creatorId")
       SELECT 'Long', $1, 1, 'CHF', $2, $3 FROM generate_series(1, 100)`,
      ['d'.repeat(10_000), JSON.stringify(properties), ada.id],
    );
    const { text, body, headers } = await api.request.get('/products?limit=100&currency=CHF').expect(200);
    expect(Buffer.byteLength(text)).toBeLessThan(maxPageBytes + restOfAnItem * (body.items as unknown[]).length);
    expect(body.items).toHaveLength(52);
    expect(headers.link).toContain('rel="next"');
  });
});
