import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startApi, type Api } from './support/api.js';
import { cookiesOf } from './support/cookies.js';
import { describeOnServer } from './support/database.js';
import { createUser, logIn, password, type Session } from './support/users.js';
import { waitUntil } from './support/wait.js';
import { statementsOf } from './support/statements.js';

const JWT_SECRET = 'the same on both instances: 0123456789';
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1';

let api: Api;
beforeAll(async () => (api = await startApi({ JWT_SECRET, TRUST_PROXY: '1' })));
afterAll(() => api.close());

const currentUser = (cookie: string, on = api) => on.request.get('/authentication').set('Cookie', cookie);
const list = (cookie: string) => api.request.get('/authentication/sessions').set('Cookie', cookie);
const remove = (cookie: string, id = '') => api.request.delete(`/authentication/sessions/${id}`).set('Cookie', cookie);
const refresh = (cookie: string) => api.request.post('/authentication/refresh').set('Cookie', cookie);

const newSession = async () => (await createUser(api)).session;

/** Logs a new user in once with each of these headers; there is no other session. */
async function logInWith(first: Record<string, string>, ...more: Record<string, string>[]) {
  const { email, id } = await createUser(api);
  await api.dataSource.query('DELETE FROM sessions WHERE "userId" = $1', [id]);
  const current = await logIn(api, email, { headers: first });
  const others: Session[] = [];
  for (const headers of more) others.push(await logIn(api, email, { headers }));
  return { current, others };
}

async function ids(cookie: string): Promise<string[]> {
  const { body } = await list(cookie).expect(200);
  return (body.items as { id: string }[]).map(({ id }) => id);
}

describe('the list of sessions', () => {
  it('names devices and addresses, the last used one first, and nothing that is secret', async () => {
    const began = Date.now();
    const { current, others } = await logInWith(
      { 'User-Agent': chrome, 'X-Forwarded-For': '198.51.100.7' },
      { 'User-Agent': firefox, 'X-Forwarded-For': '203.0.113.9, 2001:db8::7' },
      { 'User-Agent': safari, 'X-Forwarded-For': '::ffff:198.51.100.8' },
      { 'User-Agent': 'Wget/1.25', 'X-Forwarded-For': '198.51.100.9:51234' },
      { 'User-Agent': 'HTTPie/3.2', 'X-Forwarded-For': '[2001:db8::9]:443' },
      { 'User-Agent': 'curl/8.5.0' },
      { 'User-Agent': 'PostmanRuntime/7.48.0' },
    );
    const { body } = await list(current.access).expect(200);
    const items = [
      { device: 'PostmanRuntime', ip: '127.0.0.1', current: false, id: others[5]?.id },
      { device: 'curl', ip: '127.0.0.1', current: false, id: others[4]?.id },
      { device: 'HTTPie', ip: '2001:db8::9', current: false, id: others[3]?.id },
      { device: 'Wget', ip: '198.51.100.9', current: false, id: others[2]?.id },
      { device: 'Safari on iOS', ip: '198.51.100.8', current: false, id: others[1]?.id },
      { device: 'Firefox on Linux', ip: '2001:db8::7', current: false, id: others[0]?.id },
      { device: 'Chrome on Windows', ip: '198.51.100.7', current: true, id: current.id },
    ].map((item) => ({ ...item, createdAt: expect.any(String), lastUsedAt: expect.any(String) }));
    expect(body).toEqual({ count: 7, items });
    for (const { createdAt, lastUsedAt } of body.items as { createdAt: string; lastUsedAt: string }[]) {
      expect(new Date(createdAt).toISOString()).toBe(createdAt);
      expect(new Date(createdAt).getTime()).toBeGreaterThan(began - 5_000);
      expect(lastUsedAt).toBe(createdAt);
    }
  });

  it('says when, from where and with what a session was renewed', async () => {
    const { current } = await logInWith({ 'User-Agent': chrome });
    await api.dataSource.query(
      `UPDATE sessions SET "createdAt" = now() - interval '1 day', "lastUsedAt" = now() - interval '1 day' WHERE id = $1`,
      [current.id],
    );
    const headers = { 'User-Agent': firefox, 'X-Forwarded-For': '198.51.100.77' };
    const renewed = cookiesOf(await refresh(current.refresh).set(headers).expect(204));
    const { body } = await list(renewed.access).expect(200);
    const [{ createdAt, lastUsedAt, ...session }] = body.items;
    expect(session).toEqual({ id: current.id, device: 'Firefox on Linux', ip: '198.51.100.77', current: true });
    expect(new Date(lastUsedAt as string).getTime() - new Date(createdAt as string).getTime()).toBeGreaterThan(
      86_000_000,
    );
  });

  it('holds neither the sessions of others nor those that have run out', async () => {
    const { current, others } = await logInWith({}, {});
    const stranger = await newSession();
    await api.dataSource.query(`UPDATE sessions SET "expiresAt" = now() WHERE id = $1`, [others[0]?.id]);
    expect(await ids(current.access)).toEqual([current.id]);
    expect(await ids(stranger.access)).not.toContain(current.id);
  });

  it('calls a browser that says nothing an unknown device', async () => {
    const { current } = await logInWith({ 'User-Agent': '' });
    const { body } = await list(current.access).expect(200);
    expect(body.items).toEqual([expect.objectContaining({ device: 'Unknown device' })]);
  });

  it('is not for strangers', async () => {
    await api.request.get('/authentication/sessions').expect(401);
  });
});

describe('ending a session', () => {
  it('is felt with its next request, whichever of its tokens it shows', async () => {
    const { current, others } = await logInWith({}, {});
    const [other = current] = others;
    await currentUser(other.access).expect(200);
    await remove(current.access, other.id).expect(204);
    await currentUser(other.access).expect(401);
    await api.request.post('/posts').set('Cookie', other.access).send({ title: 'Late', content: '' }).expect(401);
    const { body } = await refresh(other.refresh).expect(401);
    expect(body.type).toBe('about:blank');
    expect(await ids(current.access)).toEqual([current.id]);
    await refresh(current.refresh).expect(204);
  });

  it('may be the one that does it', async () => {
    const { current } = await logInWith({});
    await remove(current.access, current.id).expect(204);
    await currentUser(current.access).expect(401);
  });

  it('works once: then there is none', async () => {
    const { current, others } = await logInWith({}, {});
    await remove(current.access, others[0]?.id).expect(204);
    await remove(current.access, others[0]?.id).expect(404);
  });

  it('of somebody else is not possible, nor can one learn whether it is there', async () => {
    const [mine, theirs] = [await newSession(), await newSession()];
    const { body } = await remove(mine.access, theirs.id).expect(404);
    const { body: unknown } = await remove(mine.access, randomUUID()).expect(404);
    expect(unknown.detail).toBe(body.detail);
    await currentUser(theirs.access).expect(200);
    await refresh(theirs.refresh).expect(204);
  });

  it.each(['1', 'abc', 'null', '%00', `${randomUUID()}0`, `%7B${randomUUID()}%7D`, "'%20OR%201=1--", '..%2F..%2Fetc'])(
    'that is no id is a 400: %s',
    async (id) => {
      const { access, id: own } = await newSession();
      const { body } = await remove(access, id).expect(400);
      expect(body).toMatchObject({ type: 'urn:problem:invalid-input', errors: [{ path: 'id' }] });
      expect(await ids(access)).toContain(own);
    },
  );

  it('is not for strangers', async () => {
    const { access, id } = await newSession();
    await remove('', id).expect(401);
    await remove('').expect(401);
    await currentUser(access).expect(200);
  });
});

describe('ending all other sessions', () => {
  it('leaves this one, and those of others', async () => {
    const { current, others } = await logInWith({}, {}, {});
    const stranger = await newSession();
    await remove(current.access).expect(204);
    for (const other of others) {
      await currentUser(other.access).expect(401);
      await refresh(other.refresh).expect(401);
    }
    expect(await ids(current.access)).toEqual([current.id]);
    await currentUser(stranger.access).expect(200);
    await remove(current.access).expect(204);
    await refresh(current.refresh).expect(204);
  });
});

describe('asking for the session', () => {
  it('takes one statement by primary key for a route that needs one', async () => {
    const { access } = await newSession();
    const [statement, ...others] = await statementsOf(() => currentUser(access).expect(200));
    expect(others).toEqual([]);
    expect(statement?.sql).toMatch(/WHERE .*"id" = \$1/);
  });

  it('takes none for a token that is not ours, and none for a route that is open to all', async () => {
    const { access } = await newSession();
    expect(await statementsOf(() => currentUser(`${access}x`).expect(401))).toEqual([]);
    const open = await statementsOf(() => api.request.get('/posts').set('Cookie', access).expect(200));
    expect(open).toEqual(await statementsOf(() => api.request.get('/posts').expect(200)));
  });
});

/** Until a statement waits for what another transaction holds. */
async function waitUntilBlocked(): Promise<void> {
  const blocked = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await waitUntil(async () => (await api.dataSource.query<unknown[]>(blocked)).length > 0);
}

describeOnServer('a log-in with the old password', () => {
  it('that is under way while the password changes is refused, and leaves no session', async () => {
    const { id, email } = await createUser(api);
    await api.dataSource.query('DELETE FROM sessions WHERE "userId" = $1', [id]);
    const change = api.dataSource.createQueryRunner();
    await change.startTransaction();
    try {
      await change.query(`UPDATE users SET "passwordHash" = 'another' WHERE id = $1`, [id]);
      // Promises of superagent begin when somebody waits for them.
      const answer = Promise.resolve(api.request.post('/authentication/log-in').send({ email, password }));
      await waitUntilBlocked();
      await change.commitTransaction();
      expect((await answer).status).toBe(401);
    } finally {
      await change.release();
    }
    expect(await api.dataSource.query('SELECT * FROM sessions WHERE "userId" = $1', [id])).toEqual([]);
  });
});

describeOnServer('a session on two instances', () => {
  let other: Api;
  beforeAll(async () => {
    const { url } = api.dataSource.options as { url?: string };
    other = await startApi({ DATABASE_URL: url, JWT_SECRET, TRUST_PROXY: '1' });
  });
  afterAll(() => other.close());

  it('works on both, and when one ends it the next request on the other is refused', async () => {
    const { current, others } = await logInWith({}, {});
    const [ended = current] = others;
    for (const instance of [api, other]) await currentUser(ended.access, instance).expect(200);
    await remove(current.access, ended.id).expect(204);
    await currentUser(ended.access, other).expect(401);
    await other.request.post('/authentication/log-out').set('Cookie', current.access).expect(204);
    await currentUser(current.access).expect(401);
  });
});
