import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { startApi, type Api } from '../support/api.js';
import { createTestDatabase, describeOnServer, type TestDatabase } from '../support/database.js';
import { ApiProcess } from '../support/process.js';
import { Proxy } from '../support/proxy.js';
import { takeDatabaseAway } from './support/database-gone.js';
import { logIn } from './support/log-in.js';
import { accessControl, problem, send, valuesOf, type Answer, type Sent } from './support/wire.js';

const site = {
  API_URL: 'https://api.example.com',
  FRONTEND_URL: 'https://app.example.com',
  JWT_SECRET: 'every instance has the same secret as in production',
};

type Door = Pick<Api, 'port'>;

let api: Api;
let admin: string;
let user: string;
beforeAll(async () => {
  api = await startApi(site);
  admin = (await logIn(api, 'admin')).cookie;
  user = (await logIn(api)).cookie;
});
afterAll(() => api.close());

const as = (cookie: string, sent: Sent, at: Door = api) =>
  send(at, {
    path: '/origins',
    ...sent,
    headers: { ...(sent.body === undefined ? {} : { 'Content-Type': 'application/json' }), Cookie: cookie },
  });
const add = (origin: string, at?: Door) => as(admin, { method: 'POST', body: JSON.stringify({ origin }) }, at);
const remove = (id: number) => as(admin, { method: 'DELETE', path: `/origins/${id}` });
const idOf = ({ body }: Answer) => (JSON.parse(body) as { id: number }).id;

const isAllowed = async (origin: string, at: Door = api) => {
  const answer = await send(at, {
    method: 'OPTIONS',
    path: '/posts',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
  });
  const isNamed = valuesOf(answer, 'access-control-allow-origin')[0] === origin;
  expect([answer.status, accessControl(answer).length > 0]).toEqual(isNamed ? [204, true] : [403, false]);
  return isNamed;
};

const rows = async (origin: string) => {
  const [row] = await api.dataSource.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM origins WHERE origin = $1',
    [origin],
  );
  return row?.count;
};

describe('who may see and change the origins', () => {
  const requests: [string, Sent][] = [
    ['list', { method: 'GET' }],
    ['add', { method: 'POST', body: '{"origin":"https://x.example.com"}' }],
    ['remove', { method: 'DELETE', path: '/origins/1' }],
  ];

  it.each(requests)('nobody without a session can %s them', async (_, sent) => {
    expect((await as('', sent)).status).toBe(401);
  });

  it.each(requests)('nobody but an admin can %s them', async (_, sent) => {
    expect((await as(user, sent)).status).toBe(403);
    expect(await rows('https://x.example.com')).toBe(0);
  });
});

describe('an origin', () => {
  it('is in force at once when it is added, and no more once it is removed', async () => {
    const origin = 'https://at-once.example.com';
    expect(await isAllowed(origin)).toBe(false);
    const body = JSON.stringify({ origin, note: 'the shop' });
    const created = await as(admin, { method: 'POST', body });
    expect(created.status).toBe(201);
    expect(JSON.parse(created.body)).toMatchObject({ origin, note: 'the shop', creator: { name: 'Ada' } });
    expect(await isAllowed(origin)).toBe(true);
    expect((await send(api, { method: 'POST', path: '/nothing', headers: { Origin: origin } })).status).toBe(404);
    expect((await remove(idOf(created))).status).toBe(204);
    expect(await isAllowed(origin)).toBe(false);
    expect((await send(api, { method: 'POST', path: '/nothing', headers: { Origin: origin } })).status).toBe(403);
  });

  it('may be a pattern', async () => {
    await add('https://*.previews.example.com');
    expect(await isAllowed('https://pr-1.previews.example.com')).toBe(true);
    expect(await isAllowed('https://previews.example.com')).toBe(false);
  });

  it('is listed after those of the configuration, with its note, creator and date', async () => {
    await as(admin, { method: 'POST', body: '{"origin":"https://listed.example.com","note":"for a test"}' });
    const { count, items } = JSON.parse((await as(admin, {})).body) as { count: number; items: unknown[] };
    expect(items).toHaveLength(count);
    expect(items[0]).toMatchObject({ id: null, origin: site.FRONTEND_URL, creator: null, createdAt: null });
    expect(items.at(-1)).toEqual({
      id: expect.any(Number),
      origin: 'https://listed.example.com',
      note: 'for a test',
      creator: { id: expect.any(Number), name: 'Ada' },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  it.each([
    ['a trailing slash', 'https://a.example.com/', 'https://a.example.com'],
    ['a path', 'https://a.example.com/shop', 'https://a.example.com'],
    ['upper case', 'https://A.example.com', 'https://a.example.com'],
    ['the default port', 'https://a.example.com:443', 'https://a.example.com'],
    ['a Unicode host', 'https://bücher.example.com', 'https://xn--bcher-kva.example.com'],
    ['no scheme', 'a.example.com', 'https://a.example.com'],
    ['a star', '*', ''],
    ['null', 'null', ''],
    ['a pattern on a public suffix', 'https://*.co.uk', ''],
    ['a pattern for previews that nobody accepted', 'https://app-*-team.vercel.app', ''],
  ])('with %s is refused, with the value that would work', async (_, origin, suggestion) => {
    const answer = await add(origin);
    expect(answer.status).toBe(400);
    expect(problem(answer)).toMatchObject({ errors: [{ path: 'origin' }] });
    expect(problem(answer).detail).toContain(suggestion || 'origin ');
    expect(await rows(origin)).toBe(0);
    if (suggestion === '') return;
    const accepted = await add(suggestion);
    expect(accepted.status).toBe(201);
    await remove(idOf(accepted));
  });

  it.each([
    '{}',
    '{"origin":1}',
    '{"origin":"https://a.example.com","id":1}',
    '{"origin":"https://a\\u0000.com"}',
    '[]',
  ])('is not what %s says', async (body) => {
    expect((await as(admin, { method: 'POST', body })).status).toBe(400);
  });

  it('can be added once', async () => {
    expect((await add('https://twice.example.com')).status).toBe(201);
    expect((await add('https://twice.example.com')).status).toBe(409);
    expect(await rows('https://twice.example.com')).toBe(1);
  });

  it('of the configuration can be neither added nor removed', async () => {
    expect((await add(site.FRONTEND_URL)).status).toBe(409);
    for (const id of ['null', '0', '-1', encodeURIComponent(site.FRONTEND_URL)]) {
      const { status } = await as(admin, { method: 'DELETE', path: `/origins/${id}` });
      expect([id, status]).toEqual([id, 400]);
    }
    expect((await remove(2_147_483_647)).status).toBe(404);
    expect(await isAllowed(site.FRONTEND_URL)).toBe(true);
  });

  it('of another site is refused while the cookies are SameSite=Lax', async () => {
    const answer = await add('https://example.org');
    expect(answer.status).toBe(422);
    expect(problem(answer).detail).toContain('SameSite=Lax');
    expect(await isAllowed('https://example.org')).toBe(false);
  });

  it('that the rules of today refuse is left out, though it is in the table', async () => {
    await api.dataSource.query(`INSERT INTO origins (origin, note) VALUES ('https://evil.example/', ''), ('*', '')`);
    await add('https://beside.example.com');
    expect(await isAllowed('https://beside.example.com')).toBe(true);
    expect(await isAllowed('https://evil.example/')).toBe(false);
    expect(await isAllowed('https://evil.example')).toBe(false);
  });

  it('stays when its creator is deleted', async () => {
    const other = await logIn(api, 'admin');
    const body = '{"origin":"https://orphan.example.com"}';
    expect((await as(other.cookie, { method: 'POST', body })).status).toBe(201);
    await api.dataSource.query('DELETE FROM users WHERE id = $1', [other.id]);
    const { items } = JSON.parse((await as(admin, {})).body) as { items: { origin: string; creator: unknown }[] };
    expect(items.find(({ origin }) => origin === 'https://orphan.example.com')).toMatchObject({ creator: null });
    expect(await isAllowed('https://orphan.example.com')).toBe(true);
  });
});

describe('the database', () => {
  it('is not asked while a preflight is answered', async () => {
    await add('https://stored.example.com');
    const query = jest.spyOn(api.dataSource, 'createQueryRunner');
    expect(await isAllowed('https://stored.example.com')).toBe(true);
    expect(await isAllowed('https://not-stored.example.com')).toBe(false);
    const count = query.mock.calls.length;
    query.mockRestore();
    expect(count).toBe(0);
  });

  it('may go away: the last known origins stay in force', async () => {
    await add('https://kept.example.com');
    const bringBack = await takeDatabaseAway(api);
    expect(await isAllowed('https://kept.example.com')).toBe(true);
    const refused = await add('https://not-now.example.com');
    await bringBack();
    expect(refused.status).toBe(503);
    expect(await isAllowed('https://kept.example.com')).toBe(true);
    expect(await isAllowed('https://not-now.example.com')).toBe(false);
    expect((await add('https://now.example.com')).status).toBe(201);
  });
});

describeOnServer('two instances on one server', () => {
  let proxy: Proxy;
  let instance: ApiProcess;
  let other: Door;

  beforeAll(async () => {
    const { url } = api.dataSource.options as { url: string };
    proxy = new Proxy(url);
    await proxy.open();
    instance = await ApiProcess.start({ ...site, DATABASE_URL: proxy.url });
    other = { port: Number(new URL(instance.url).port) };
  });
  afterAll(async () => {
    await instance.end('SIGTERM');
    await proxy.close();
  });

  /** @returns how long it took, in milliseconds */
  async function until(origin: string, allowed: boolean, patience = 2_000): Promise<number> {
    const began = performance.now();
    while ((await isAllowed(origin, other)) !== allowed) {
      if (performance.now() - began > patience) throw new Error(`${origin} is still not ${allowed ? 'in' : 'out'}`);
      await delay(20);
    }
    return performance.now() - began;
  }

  it('see within two seconds what the other one adds and removes', async () => {
    const id = idOf(await add('https://shared.example.com'));
    expect(await until('https://shared.example.com', true)).toBeLessThan(2_000);
    await remove(id);
    expect(await until('https://shared.example.com', false)).toBeLessThan(2_000);
    expect((await add('https://back.example.com', other)).status).toBe(201);
    const began = performance.now();
    while (!(await isAllowed('https://back.example.com')) && performance.now() - began < 2_000) await delay(20);
    expect(await isAllowed('https://back.example.com')).toBe(true);
  });

  it('go on seeing it after the listening connection was ended', async () => {
    const ended = await api.dataSource.query<{ pid: number }[]>(
      `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
       AND query LIKE 'LISTEN %'`,
    );
    expect(ended).toHaveLength(2);
    await add('https://unheard.example.com');
    await until('https://unheard.example.com', true);
    await add('https://heard-again.example.com');
    await until('https://heard-again.example.com', true);
  });

  it('keep the last list while the server is out of reach, and catch up once it is back', async () => {
    await add('https://before.example.com');
    await until('https://before.example.com', true);
    await proxy.close();
    await add('https://meanwhile.example.com');
    await delay(1_300); // at least one attempt to connect anew fails
    expect(await isAllowed('https://before.example.com', other)).toBe(true);
    expect(await isAllowed('https://meanwhile.example.com', other)).toBe(false);
    const answer = await send(other, { path: '/posts', headers: { Origin: 'https://before.example.com' } });
    expect(answer.status).toBe(503);
    expect(valuesOf(answer, 'access-control-allow-origin')).toEqual(['https://before.example.com']);
    await proxy.open();
    await until('https://meanwhile.example.com', true, 3_000);
  });
});

describe('an instance that starts', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('knows the origins that were added before', async () => {
    const environment = { ...site, ...database.environment };
    const first = await startApi(environment);
    await first.dataSource.query(`INSERT INTO origins (origin, note) VALUES ('https://older.example.com', '')`);
    await first.close();
    const second = await startApi(environment);
    const known = await isAllowed('https://older.example.com', second);
    await second.close();
    expect(known).toBe(true);
  });
});
