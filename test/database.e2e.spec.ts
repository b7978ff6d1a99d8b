import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { migrations } from '../src/database/migrations/index.js';
import { frontend, startApi, type Api } from './support/api.js';
import { createTestDatabase, describeOnEmbedded, describeOnServer, type TestDatabase } from './support/database.js';
import { createUser } from './support/users.js';
import { ApiProcess, killAll } from './support/process.js';
import { Proxy } from './support/proxy.js';

/** Tables, indexes and sequences of ours, not those that TypeORM keeps for itself. */
const tablesOf = (dataSource: DataSource) =>
  dataSource.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname <> 'migrations'
     AND relname NOT LIKE 'migrations_%' AND relname <> 'typeorm_metadata' AND relname NOT LIKE 'PK_%' ORDER BY relname`,
  );

describe('the migrations', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi()));
  afterAll(() => api.close());

  it('are reverted to an empty database, and applied again', async () => {
    const { dataSource } = api;
    const before = await tablesOf(dataSource);
    for (let left = migrations.length; left > 0; left -= 1) await dataSource.undoLastMigration();
    const between = await tablesOf(dataSource);
    await dataSource.runMigrations();
    expect(before.length).toBeGreaterThan(30);
    expect(between).toEqual([]);
    expect(await tablesOf(dataSource)).toEqual(before);
  });

  it('make what the entities say: there is nothing to generate', async () => {
    const { upQueries } = await api.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('give every constraint and index a name that people can read', async () => {
    const names = (await tablesOf(api.dataSource)).map(({ name }) => name);
    expect(names.filter((name) => /[\da-f]{16}/.test(name))).toEqual([]);
  });
});

describeOnEmbedded('the embedded database', () => {
  const processes: ApiProcess[] = [];
  let database: TestDatabase;
  beforeEach(async () => (database = await createTestDatabase()));
  afterEach(async () => {
    await killAll(processes);
    await database.drop();
  });
  const launch = async () => {
    const api = await ApiProcess.launch(database.environment);
    processes.push(api);
    return api;
  };
  const start = async () => {
    const api = await launch();
    await api.isServing();
    return api;
  };

  it('refuses a second process, and goes on serving the first', async () => {
    const first = await start();
    const second = await launch();
    expect(await second.end()).toBe(1);
    expect(second.output).toMatch(/is in use by process \d+\. Stop that one first/);
    expect(second.output).not.toMatch(/^\s+at /m);
    expect((await fetch(`${first.url}/posts`)).status).toBe(200);
  });

  it('is intact after kill -9', async () => {
    const killed = await start();
    const { agent, session } = await createUser(killed);
    const post = { title: 'Still here', content: 'After the power cut' };
    const { headers } = await agent.post('/posts').send(post).expect(201);
    const running = Array.from({ length: 10 }, (_, index) =>
      Promise.resolve(agent.post('/posts').send({ title: `${index}`, content: 'Cut' })),
    );
    await Promise.race(running); // the others are under way
    const ended = killed.end('SIGKILL');
    await Promise.allSettled(running);
    expect(await ended).toBe('SIGKILL');

    const { url } = await start();
    const read = await fetch(url + String(headers.location));
    expect(await read.json()).toMatchObject({ title: 'Still here', author: { name: 'Ada' } });
    expect((await fetch(`${url}/authentication`, { headers: { Cookie: session.cookie } })).status).toBe(200);
  });
});

describeOnServer('a PostgreSQL server', () => {
  let database: TestDatabase;
  const closers: (() => unknown)[] = [];
  beforeEach(async () => (database = await createTestDatabase()));
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
    await database.drop();
  });

  it('is migrated once by instances that start together', async () => {
    const url = database.environment.DATABASE_URL ?? '';
    await query(url, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const instances = await Promise.all([1, 2, 3].map(() => ApiProcess.launch(database.environment)));
    closers.push(() => killAll(instances));
    await Promise.all(instances.map((instance) => instance.isServing()));
    const applied = instances.flatMap(({ output }) => output.match(/Applied migration \w+/g) ?? []);
    const recorded = await query(url, 'SELECT name FROM migrations ORDER BY id');
    expect(recorded).toEqual(migrations.map(({ name }) => ({ name })));
    expect(applied).toEqual(migrations.map(({ name }) => `Applied migration ${name}`));
  });

  it.each([
    ['is stopped', (proxy: Proxy) => proxy.close()],
    [
      'cannot be reached any more, without a word',
      (proxy: Proxy) => {
        proxy.freeze();
        return Promise.resolve();
      },
    ],
  ])('that %s is a 503 until it is back', async (_, takeAway) => {
    const proxy = new Proxy(database.environment.DATABASE_URL ?? '');
    await proxy.open();
    const api = await startApi({ DATABASE_URL: `${proxy.url}?query_timeout=3000`, DATABASE_POOL_SIZE: '2' });
    closers.push(api.close, () => proxy.close());
    const { agent } = await createUser(api);
    await takeAway(proxy);

    const read = await api.request.get('/posts').set('Origin', frontend);
    const write = await agent.post('/posts').set('Origin', frontend).send({ title: 'Lost', content: 'Cut' });
    for (const { status, body, headers } of [read, write]) {
      expect(status).toBe(503);
      expect(body).toMatchObject({ status: 503, title: 'Service Unavailable', detail: expect.any(String) });
      expect(headers['content-type']).toMatch('application/problem+json');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(headers['access-control-allow-origin']).toBe(frontend);
      expect(headers['access-control-allow-credentials']).toBe('true');
    }
    await api.request.get('/health/ready').expect(503);
    await api.request.get('/health/live').expect(200, { status: 'ok' });

    await proxy.close();
    await proxy.open();
    await api.request.get('/health/ready').expect(200);
    await agent.post('/posts').send({ title: 'Back', content: 'Mended' }).expect(201);
  });

  it('that is gone without a word keeps nobody from stopping the process', async () => {
    const proxy = new Proxy(database.environment.DATABASE_URL ?? '');
    await proxy.open();
    const instance = await ApiProcess.start({ DATABASE_URL: proxy.url });
    closers.push(
      () => killAll([instance]),
      () => proxy.close(),
    );
    await instance.until(async () => (await fetch(`${instance.url}/health/ready`)).ok);
    proxy.freeze();
    expect(await instance.end('SIGTERM')).toBe(0);
  });
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}
