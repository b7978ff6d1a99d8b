import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from '../support/api.js';
import { createTestDatabase, describeOnServer, type TestDatabase } from '../support/database.js';
import { ApiProcess } from '../support/process.js';
import { Proxy } from '../support/proxy.js';
import { statementsOf } from '../support/statements.js';
import { createAdmin, createUser, password } from '../support/users.js';
import { waitUntil } from '../support/wait.js';
import { takeDatabaseAway } from './support/database-gone.js';
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
  admin = (await createAdmin(api, 'Ada')).session.cookie;
  user = (await createUser(api)).session.cookie;
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

  it('of another site is added: its pages get cookies for another site', async () => {
    const added = await add('https://example.org');
    expect(added.status).toBe(201);
    expect(await isAllowed('https://example.org')).toBe(true);
    const { email } = await createUser(api);
    const answer = await send(api, {
      method: 'POST',
      path: '/authentication/log-in',
      headers: { 'Content-Type': 'application/json', Origin: 'https://example.org' },
      body: JSON.stringify({ email, password }),
    });
    const set = valuesOf(answer, 'set-cookie').filter((line) => /^__Host-\w+=[^;]/.test(line));
    expect(set).toHaveLength(2);
    for (const line of set) expect(line).toMatch(/; HttpOnly; Secure; Partitioned; SameSite=None$/);
    await remove(idOf(added));
  });

  it('that the rules of today refuse is left out, though it is in the table', async () => {
    await api.dataSource.query(`INSERT INTO origins (origin, note) VALUES ('https://evil.example/', ''), ('*', '')`);
    await add('https://beside.example.com');
    expect(await isAllowed('https://beside.example.com')).toBe(true);
    expect(await isAllowed('https://evil.example/')).toBe(false);
    expect(await isAllowed('https://evil.example')).toBe(false);
  });

  it('stays when its creator is deleted', async () => {
    const { id, session } = await createAdmin(api);
    const body = '{"origin":"https://orphan.example.com"}';
    expect((await as(session.cookie, { method: 'POST', body })).status).toBe(201);
    await api.dataSource.query('DELETE FROM users WHERE id = $1', [id]);
    const { items } = JSON.parse((await as(admin, {})).body) as { items: { origin: string; creator: unknown }[] };
    expect(items.find(({ origin }) => origin === 'https://orphan.example.com')).toMatchObject({ creator: null });
    expect(await isAllowed('https://orphan.example.com')).toBe(true);
  });
});

describe('the database', () => {
  it('is not asked while a preflight is answered', async () => {
    await add('https://stored.example.com');
    const statements = await statementsOf(async () => {
      expect(await isAllowed('https://stored.example.com')).toBe(true);
      expect(await isAllowed('https://not-stored.example.com')).toBe(false);
    });
    expect(statements).toEqual([]);
    expect(await statementsOf(() => api.request.get('/posts').expect(200))).not.toEqual([]);
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

  const until = (origin: string, allowed: boolean, at = other) =>
    waitUntil(async () => (await isAllowed(origin, at)) === allowed);

  it('see what the other one adds and removes', async () => {
    const began = Date.now();
    const id = idOf(await add('https://shared.example.com'));
    await until('https://shared.example.com', true);
    await remove(id);
    await until('https://shared.example.com', false);
    expect((await add('https://back.example.com', other)).status).toBe(201);
    await until('https://back.example.com', true, api);
    // Without a notification each of the three would take until the list is read again, every 30 seconds.
    expect(Date.now() - began).toBeLessThan(60_000);
  });

  it('go on seeing it after the listening connection was ended', async () => {
    const listening = (columns: string) =>
      api.dataSource.query<object[]>(
        `SELECT ${columns} FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'`,
      );
    expect(await listening('pg_terminate_backend(pid)')).toHaveLength(2);
    await add('https://unheard.example.com');
    await until('https://unheard.example.com', true);
    await waitUntil(async () => (await listening('pid')).length === 2);
    await add('https://heard-again.example.com');
    await until('https://heard-again.example.com', true);
  });

  it('keep the last list while the server is out of reach, and catch up once it is back', async () => {
    await add('https://before.example.com');
    await until('https://before.example.com', true);
    proxy.refuse();
    await add('https://meanwhile.example.com');
    await waitUntil(() => proxy.refused > 0);
    expect(await isAllowed('https://before.example.com', other)).toBe(true);
    expect(await isAllowed('https://meanwhile.example.com', other)).toBe(false);
    const answer = await send(other, { path: '/posts', headers: { Origin: 'https://before.example.com' } });
    expect(answer.status).toBe(503);
    expect(valuesOf(answer, 'access-control-allow-origin')).toEqual(['https://before.example.com']);
    proxy.accept();
    await until('https://meanwhile.example.com', true);
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
