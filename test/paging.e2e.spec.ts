import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from './support/api.js';
import { statementsOf, type Statement } from './support/statements.js';
import { createUser } from './support/users.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const { id } = await createUser(api);
  await fill(23, id);
});
afterAll(() => api.close());

/** Rows with ties in every column that a list can be sorted by, except the names of categories, which are unique. */
async function fill(rows: number, owner: number): Promise<void> {
  const time = `timestamptz '2026-01-01' + (n % 4) * interval '1 minute'`;
  const series = `FROM generate_series(1, ${String(rows)}) n`;
  await api.dataSource.query(
    `INSERT INTO posts (title, content, "authorId", "createdAt", "updatedAt")
      SELECT 'Title ' || n % 3, 'Content', $1, ${time}, ${time} ${series}`,
    [owner],
  );
  await api.dataSource.query(
    `INSERT INTO categories (name, description, "creatorId", "createdAt")
      SELECT CASE WHEN n % 2 = 0 THEN 'NAME ' ELSE 'name ' END || n, 'Content', $1, ${time} ${series}`,
    [owner],
  );
  await api.dataSource.query(
    `INSERT INTO products (name, description, "priceAmount", "priceCurrency", "creatorId", "createdAt")
      SELECT 'Name ' || n % 3, 'Content', 9007199254740990 + n % 2, 'EUR', $1, ${time} ${series}`,
    [owner],
  );
  await api.dataSource.query(
    `INSERT INTO post_categories SELECT post.id, category.id FROM posts post, categories category WHERE category.id < 4`,
  );
  await api.dataSource.query(
    `INSERT INTO product_categories SELECT product.id, category.id
      FROM products product, categories category WHERE category.id < 4`,
  );
}

/** Every order there is, with the column behind it. */
const orders = [
  ['posts', 'createdAt', '"createdAt"'],
  ['posts', 'updatedAt', '"updatedAt"'],
  ['posts', 'title', 'title'],
  ['categories', 'name', 'lower(name)'],
  ['categories', 'createdAt', '"createdAt"'],
  ['products', 'createdAt', '"createdAt"'],
  ['products', 'name', 'name'],
  ['products', 'price', '"priceAmount"'],
].flatMap(([list = '', order = '', column = '']) => [
  [list, order, `${column}, id`] as const,
  [list, `-${order}`, `${column} DESC, id DESC`] as const,
]);

async function idsInOrder(list: string, order: string): Promise<number[]> {
  const rows: { id: number }[] = await api.dataSource.query(`SELECT id FROM ${list} ORDER BY ${order}`);
  return rows.map(({ id }) => id);
}

/** The target of `Link: <target>; rel="next"`. RFC 8288. */
const nextOf = (headers: Record<string, string>) => /^<([^>]*)>; rel="next"$/.exec(headers.link ?? '')?.[1];

async function read(path: string) {
  const { body, headers } = await api.request.get(path).expect(200);
  const ids = (body.items as { id: number }[]).map(({ id }) => id);
  return { ids, count: body.count as number, next: nextOf(headers) };
}

/** Follows the links to the end, and does something between the pages. */
async function walk(path: string, between: () => Promise<unknown> = () => Promise.resolve()): Promise<number[]> {
  const ids: number[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page = await read(next);
    ids.push(...page.ids);
    next = page.next;
    if (next !== undefined) await between();
  }
  return ids;
}

async function cursorOf(path: string): Promise<string> {
  const { next = '' } = await read(path);
  return new URL(next, api.url).searchParams.get('cursor') ?? '';
}

describe.each(orders)('the pages of /%s?sort=%s', (list, sort, order) => {
  it('hold each item exactly once and in order', async () => {
    expect(await walk(`/${list}?sort=${sort}&limit=5`)).toEqual(await idsInOrder(list, order));
  });

  it('are the same by offset', async () => {
    const { ids, next } = await read(`/${list}?sort=${sort}&limit=5&offset=7`);
    expect(ids).toEqual((await idsInOrder(list, order)).slice(7, 12));
    expect((await read(next ?? '')).ids).toEqual((await idsInOrder(list, order)).slice(12, 17));
  });
});

describe('paging while others write', () => {
  const insert = (time: string) =>
    api.dataSource.query(
      `INSERT INTO posts (title, content, "createdAt", "updatedAt")
        SELECT title, 'Intruder', ${time}, now() FROM (VALUES ('A'), ('Title 1'), ('Z')) intruder (title)`,
    );

  it.each(orders.filter(([list]) => list === 'posts'))(
    'shows each item of %s exactly once in the order %s, whatever is inserted meanwhile',
    async (_, sort, order) => {
      const before = await idsInOrder('posts', order);
      const seen = await walk(`/posts?sort=${sort}&limit=4`, () => insert(`timestamptz '2026-01-01 00:02'`));
      const old = new Set(before);
      await api.dataSource.query(`DELETE FROM posts WHERE content = 'Intruder'`);
      expect(seen.filter((id) => old.has(id))).toEqual(before);
      expect(new Set(seen).size).toBe(seen.length);
    },
  );

  it('skips nothing when items before the cursor, or the one it stands on, are deleted', async () => {
    await insert('now()');
    const before = await idsInOrder('posts', '"createdAt" DESC, id DESC');
    const first = await read('/posts?limit=3');
    expect(first.ids).toEqual(before.slice(0, 3));
    await api.dataSource.query(`DELETE FROM posts WHERE content = 'Intruder'`);
    expect(await walk(first.next ?? '')).toEqual(before.slice(3));
  });
});

describe('a page', () => {
  it('says how many match in all, not how many it holds', async () => {
    expect(await read('/posts?limit=2')).toMatchObject({ count: 23, ids: { length: 2 } });
    expect(await read(`/posts?cursor=${await cursorOf('/posts?limit=20')}`)).toMatchObject({ count: 23 });
    expect(await read('/posts?offset=10000')).toEqual({ count: 23, ids: [], next: undefined });
  });

  it('holds 20 items, newest first, unless it is asked otherwise', async () => {
    const newest = await idsInOrder('posts', '"createdAt" DESC, id DESC');
    expect((await read('/posts')).ids).toEqual(newest.slice(0, 20));
  });

  it('has no link to a next one when it is the last, also when it is full', async () => {
    expect((await read('/posts?limit=23')).next).toBeUndefined();
    expect((await read('/posts?limit=22')).next).toBeDefined();
    expect((await read('/posts?limit=100')).next).toBeUndefined();
  });

  it('links to the next one with the same filters', async () => {
    const { next = '' } = await read('/posts?search=content%20-"x y"&categoryId=1&limit=3&offset=2&sort=title');
    const { pathname, searchParams } = new URL(next, api.url);
    expect(pathname).toBe('/posts');
    expect(Object.fromEntries(searchParams)).toEqual({
      search: 'content -"x y"',
      categoryId: '1',
      limit: '3',
      sort: 'title',
      cursor: expect.any(String),
    });
  });
});

describe('a cursor', () => {
  const refused = async (path: string) => {
    const { body } = await api.request.get(path).expect(400);
    expect(body.errors).toEqual([{ path: 'cursor', message: expect.stringContaining('not a cursor of this list') }]);
  };

  it('of another list or another order is refused', async () => {
    const cursor = await cursorOf('/posts?limit=2&sort=createdAt');
    await refused(`/products?sort=createdAt&cursor=${cursor}`);
    await refused(`/categories?sort=createdAt&cursor=${cursor}`);
    await refused(`/posts?sort=-createdAt&cursor=${cursor}`);
    await refused(`/posts?sort=updatedAt&cursor=${cursor}`);
    await api.request.get(`/posts?sort=createdAt&cursor=${cursor}`).expect(200);
  });

  it('is refused whichever of its characters is changed', async () => {
    const cursor = await cursorOf('/posts?limit=2');
    for (let index = 0; index < cursor.length; index += 1) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      await refused(`/posts?cursor=${cursor.slice(0, index)}${other}${cursor.slice(index + 1)}`);
    }
  });

  it.each(['abc', '', '%00', '🦜', 'AAAA.BBBB', 'A'.repeat(1000), `${'A'.repeat(22)}==`])(
    'that was made up is refused: %.20s',
    (cursor) => refused(`/posts?cursor=${encodeURI(cursor)}`),
  );

  it('cut short or padded is refused', async () => {
    const cursor = await cursorOf('/posts?limit=2');
    for (const changed of [cursor.slice(1), cursor.slice(0, -1), `${cursor}=`, `${cursor}A`, `+${cursor}`])
      await refused(`/posts?cursor=${encodeURIComponent(changed)}`);
  });

  it('does not go together with an offset', async () => {
    const { body } = await api.request.get(`/posts?offset=1&cursor=${await cursorOf('/posts?limit=2')}`).expect(400);
    expect(body.errors).toEqual([{ path: 'offset', message: 'cannot be combined with cursor: use one of them' }]);
  });
});

describe('the count', () => {
  const read = async (path: string) => {
    const { body, headers } = await api.request.get(path).expect(200);
    const next = /<([^>]+)>/.exec(headers.link ?? '')?.[1] ?? '';
    return { count: body.count as unknown, isEstimate: body.countIsEstimate as unknown, next };
  };
  const insert = (total: number) =>
    api.dataSource.query(
      `INSERT INTO posts (title, content, "authorId") SELECT 'Counted ' || n, 'Some ' || n % 2, 1 FROM generate_series(1, ${total}) n`,
    );
  afterAll(() => api.dataSource.query(`DELETE FROM posts WHERE title LIKE 'Counted %'`));

  it('is left out on request, also on the pages that follow', async () => {
    const first = await read('/posts?limit=2&count=none');
    expect(first.count).toBeUndefined();
    expect((await read(first.next)).count).toBeUndefined();
  });

  it('is repeated on the pages after a cursor, and counted anew for another search', async () => {
    const first = await read('/posts?limit=2');
    await insert(1);
    expect((await read(first.next)).count).toBe(first.count);
    expect(await read(`${first.next}&search=counted`)).toMatchObject({ count: 1 });
    expect((await read('/posts?limit=2')).count).toBe(Number(first.count) + 1);
  });

  it('is exact up to 10,000, and beyond an estimate that says so', async () => {
    await insert(9_999);
    expect(await read('/posts?search=counted&limit=1')).toMatchObject({ count: 10_000, isEstimate: undefined });
    await insert(10_000);
    await api.dataSource.query('ANALYZE posts');
    for (const path of ['/posts?limit=1', '/posts?search=counted&limit=1', '/posts?authorId=1&limit=1']) {
      const { count, isEstimate, next } = await read(path);
      expect([path, isEstimate]).toEqual([path, true]);
      expect(count).toBeGreaterThan(10_000);
      expect(count).toBeLessThan(30_000);
      expect(await read(next)).toMatchObject({ count, isEstimate: true });
    }
  });
});

describe.each(['posts', 'categories', 'products'])('the query of /%s', (list) => {
  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=abc', 'limit'],
    ['limit=', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['limit[a]=5', 'limit[a]'],
    ['offset=-1', 'offset'],
    ['offset=10001', 'offset'],
    ['count=exact', 'count'],
    ['count=none&count=none', 'count'],
    ['sort=id', 'sort'],
    ['sort=--createdAt', 'sort'],
    ['sort=createdAt;DROP TABLE posts', 'sort'],
    ['sort=constructor', 'sort'],
    ['search=a%00b', 'search'],
    [`search=${'a'.repeat(201)}`, 'search'],
    ['search=a&search=b', 'search'],
    ['cursor=a&cursor=b', 'cursor'],
    ['page=2', 'page'],
    ['Limit=5', 'Limit'],
    ['__proto__=5', '__proto__'],
    ['constructor=5', 'constructor'],
  ])('is refused when it has %.40s', async (query, path) => {
    const { body } = await api.request.get(`/${list}?${encodeURI(query).replaceAll('%25', '%')}`).expect(400);
    expect(body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
  });

  it('names all that is wrong with it at once', async () => {
    const { body } = await api.request.get(`/${list}?limit=0&offset=x&sort=y&page=1&per_page=2`).expect(400);
    const paths = body.errors.map((error: { path: string }) => error.path);
    expect(paths).toEqual(['limit', 'offset', 'sort', 'page', 'per_page']);
    expect(body.errors[2].message).toMatch(/^must be one of /);
    expect(body.errors[1].message).toBe(
      'must be a whole number from 0 to 10000; follow the Link header, whose cursor is as fast on every page',
    );
  });
});

/** What was asked about the lists; sessions have a life of their own. */
async function statementsAboutLists(work: () => Promise<unknown>): Promise<Statement[]> {
  return (await statementsOf(work)).filter(({ sql }) => /posts|products|categories/.test(sql));
}

describe('the database', () => {
  it.each(['posts', 'categories', 'products'])('is asked one thing for a page of %s of any length', async (list) => {
    for (const limit of [1, 20, 100]) {
      const statements = await statementsAboutLists(() => read(`/${list}?limit=${String(limit)}`));
      expect(statements).toHaveLength(1);
    }
  });

  it.each(['posts', 'categories', 'products'])('is asked one thing for one of %s', async (list) => {
    const [id] = await idsInOrder(list, 'id');
    const statements = await statementsAboutLists(() => api.request.get(`/${list}/${String(id)}`).expect(200));
    expect(statements).toHaveLength(1);
  });

  it.each([
    ['posts', { title: 'Many', content: 'x' }],
    ['products', { name: 'Many', price: { amount: 1, currency: 'EUR' } }],
  ])('is asked as much for one of %s in many categories as in two', async (list, item) => {
    const { agent } = await createUser(api);
    const categoryIds = await idsInOrder('categories', 'id');
    const path: { of?: string } = {};
    const create = (ids: number[]) => async () => {
      const { headers } = await agent
        .post(`/${list}`)
        .send({ ...item, categoryIds: ids })
        .expect(201);
      path.of = headers.location;
    };
    const update = (ids: number[]) => () =>
      agent
        .patch(path.of ?? '')
        .send({ categoryIds: ids })
        .expect(200);
    const few = await statementsAboutLists(create(categoryIds.slice(0, 2)));
    const fewer = await statementsAboutLists(update(categoryIds.slice(2, 4)));
    const many = await statementsAboutLists(create(categoryIds));
    await statementsAboutLists(update(categoryIds.slice(0, 1)));
    const more = await statementsAboutLists(update(categoryIds.slice(1)));
    expect(many).toHaveLength(few.length);
    expect(more).toHaveLength(fewer.length);
    await agent.delete(path.of ?? '').expect(204);
  });
});

describe('an index', () => {
  beforeAll(async () => {
    await api.dataSource.query(
      `INSERT INTO posts (title, content, "createdAt") SELECT 'Row ' || n, 'Needle' || n, now() - n * interval '1 minute'
        FROM generate_series(1, 2000) n`,
    );
    await api.dataSource.query(
      `INSERT INTO products (name, description, "priceAmount", "priceCurrency", "createdAt")
        SELECT 'Row ' || n, 'Needle' || n, n, 'EUR', now() - n * interval '1 minute' FROM generate_series(1, 2000) n`,
    );
    await api.dataSource.query('ANALYZE');
  });

  interface Plan {
    'Node Type': string;
    Plans?: Plan[];
  }

  /** The plans of the very statements that a request leads to. */
  async function plansOf(path: string): Promise<Plan[]> {
    const statements = await statementsAboutLists(() => read(path));
    return api.dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      const plans: Plan[] = [];
      for (const { sql, parameters } of statements)
        plans.push((await manager.query(`EXPLAIN (FORMAT JSON) ${sql}`, parameters))[0]['QUERY PLAN'][0].Plan);
      return plans;
    });
  }

  it.each([
    ['/posts?search=needle1234', 'posts_search'],
    ['/products?search=needle1234', 'products_search'],
  ])('answers the search of %s', async (path, index) => {
    expect((await read(path)).count).toBe(1);
    const plans = await plansOf(path);
    expect(plans).toHaveLength(1);
    for (const plan of plans) expect(JSON.stringify(plan)).toContain(`"${index}"`);
  });

  it.each([
    ['/posts', 'posts_createdAt_id_idx'],
    ['/posts?sort=updatedAt', 'posts_updatedAt_id_idx'],
    ['/posts?sort=-title', 'posts_title_id_idx'],
    ['/products?sort=price', 'products_priceAmount_id_idx'],
    ['/products?sort=name', 'products_name_id_idx'],
  ])('finds where the next page of %s begins', async (path, index) => {
    const plans = await plansOf((await read(path)).next ?? '');
    const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
    const limits = plans.flatMap(nodes).filter((plan) => plan['Node Type'] === 'Limit');
    expect(limits).toHaveLength(1);
    expect(limits[0]?.Plans?.[0]).toMatchObject({
      'Node Type': 'Index Scan',
      'Index Name': index,
      'Index Cond': expect.stringMatching(/^\(ROW\(/),
    });
  });
});

/** Last, since passport has one set of strategies a process: those of the application made last. */
describe('behind a proxy that adds a path', () => {
  it('links below the path of the public URL, also for the longest titles', async () => {
    const behindProxy = await startApi({ API_URL: 'http://localhost:3000/api' });
    const titles = ['"'.repeat(200), '🦜'.repeat(200)];
    for (const title of [...titles, ...titles])
      await behindProxy.dataSource.query(`INSERT INTO posts (title, content) VALUES ($1, 'x')`, [title]);
    for (let next = '/posts?sort=title&limit=1'; next !== '';) {
      const { headers } = await behindProxy.request.get(next.replace(/^\/api/, '')).expect(200);
      next = nextOf(headers) ?? '';
      if (next !== '') expect(next).toMatch(/^\/api\/posts\?/);
    }
    const { agent } = await createUser(behindProxy);
    const { headers } = await agent.post('/posts').send({ title: 'a', content: 'b' }).expect(201);
    expect(headers.location).toMatch(/^\/api\/posts\/\d+$/);
    await behindProxy.close();
  });
});
