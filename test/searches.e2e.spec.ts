import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import pg from 'pg';
import { poolOf } from '../src/database/pool.js';
import { startApi, type Api } from './support/api.js';
import { createTestDatabase, describeOnServer, type TestDatabase } from './support/database.js';
import { waitUntil } from './support/wait.js';

let database: TestDatabase;
let other: pg.Client;
/** Of its own, because a transaction sees the same activity all the time. */
let watching: pg.Client;

/** How many statements of the API wait for the lock of `other`. */
async function countWaiting(): Promise<number | undefined> {
  const sql = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  const { rows } = await watching.query<{ count: number }>(sql);
  return rows[0]?.count;
}

const lockProducts = () => other.query('BEGIN; LOCK TABLE products IN ACCESS EXCLUSIVE MODE');

/** A pool of four: two searches at a time, and 50 that wait. */
const sent = 60;

describeOnServer('reads that take long', () => {
  let api: Api;
  beforeAll(async () => {
    database = await createTestDatabase();
    other = new pg.Client(database.environment.DATABASE_URL);
    watching = new pg.Client(database.environment.DATABASE_URL);
    await Promise.all([other.connect(), watching.connect()]);
  });
  afterEach(async () => {
    await other.query('COMMIT');
    await api.close();
  });
  afterAll(async () => {
    await Promise.all([other.end(), watching.end()]);
    await database.drop();
  });
  const start = async (READ_TIMEOUT: string) => {
    api = await startApi({ ...database.environment, DATABASE_POOL_SIZE: '4', READ_TIMEOUT });
  };

  it('as searches leave connections to other requests, and beyond fifty that wait they are a 503', async () => {
    await start('10m');
    await lockProducts();
    const searches = Array.from({ length: sent }, () => fetch(`${api.url}/products?search=lamp`));
    const refused = await Promise.race(searches);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    await waitUntil(async () => (await countWaiting()) === 2);
    for (const path of ['/posts?limit=1', '/categories', '/health/ready']) await api.request.get(path).expect(200);
    expect(await countWaiting()).toBe(2);

    await other.query('COMMIT');
    const statuses = await Promise.all(searches.map(async (search) => (await search).status));
    expect(statuses.filter((status) => status === 503)).toHaveLength(sent - 52);
    expect(statuses.filter((status) => status === 200)).toHaveLength(52);
  });

  it('end on the server when their clients disconnect', async () => {
    await start('10m');
    await lockProducts();
    const abort = new AbortController();
    const reads = ['/products', '/products/1', '/products?search=lamp'].map((path) =>
      fetch(api.url + path, { signal: abort.signal }),
    );
    await waitUntil(async () => (await countWaiting()) === 3);
    abort.abort();
    expect((await Promise.allSettled(reads)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await waitUntil(async () => (await countWaiting()) === 0);
    await other.query('COMMIT');
    for (let each = 0; each < 8; each += 1) await api.request.get('/products').expect(200);
  });

  it('are not begun for a client that disconnects while it waits for a connection', async () => {
    await start('10m');
    await lockProducts();
    const reads = Array.from({ length: 4 }, () => fetch(`${api.url}/products`));
    await waitUntil(async () => (await countWaiting()) === 4);
    const abort = new AbortController();
    const disconnected = once(api.app.getHttpServer(), 'request').then(([, response]) =>
      once(response as ServerResponse, 'close'),
    );
    const read = fetch(`${api.url}/posts`, { signal: abort.signal });
    await waitUntil(() => poolOf(api.dataSource)?.waitingCount === 1);
    abort.abort();
    await expect(read).rejects.toThrow('aborted');
    await disconnected;

    await other.query('COMMIT');
    for (const { status } of await Promise.all(reads)) expect(status).toBe(200);
    await waitUntil(() => poolOf(api.dataSource)?.idleCount === 4);
    const sql = `SELECT query FROM pg_stat_activity WHERE query LIKE '%posts post%' AND datname = current_database() AND pid <> pg_backend_pid()`;
    expect((await watching.query(sql)).rows).toEqual([]);
  });

  it('as searches are not begun for a client that disconnects while it waits for other searches', async () => {
    await start('10m');
    await other.query('BEGIN; LOCK TABLE posts; SAVEPOINT before_products; LOCK TABLE products');
    const searches = Array.from({ length: 2 }, () => fetch(`${api.url}/products?search=lamp`));
    await waitUntil(async () => (await countWaiting()) === 2);
    const abort = new AbortController();
    const requested = once(api.app.getHttpServer(), 'request');
    const search = fetch(`${api.url}/posts?search=lamp`, { signal: abort.signal });
    const disconnected = once((await requested)[1] as ServerResponse, 'close');
    await api.request.get('/categories').expect(200); // the search, which came before, waits by now
    abort.abort();
    await expect(search).rejects.toThrow('aborted');
    await disconnected;

    await other.query('ROLLBACK TO SAVEPOINT before_products');
    for (const { status } of await Promise.all(searches)) expect(status).toBe(200);
    await api.request.get('/products?search=lamp').expect(200); // after all that waited
    expect(await countWaiting()).toBe(0);
  });

  it('are a 503 after READ_TIMEOUT, and end on the server', async () => {
    await start('1s');
    await lockProducts();
    for (const path of ['/products', '/products/1', '/products?search=lamp']) {
      const { body, headers } = await api.request.get(path).expect(503);
      expect(body.detail).toMatch(/^This takes the database too long\./);
      expect(headers['retry-after']).toBe('5');
    }
    await waitUntil(async () => (await countWaiting()) === 0);
    await other.query('COMMIT');
    await api.request.get('/products').expect(200);
  });
});
