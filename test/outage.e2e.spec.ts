import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from './support/api.js';
import { cookiesOf, setCookieLines } from './support/cookies.js';
import { createTestDatabase, describeOnServer, type TestDatabase } from './support/database.js';
import { Proxy } from './support/proxy.js';
import { createUser, password } from './support/users.js';

const closers: (() => unknown)[] = [];
let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase()));
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await database.drop();
});

const start = async (environment: Record<string, string>): Promise<Api> => {
  const api = await startApi({ ...database.environment, ...environment });
  closers.unshift(api.close);
  return api;
};
const refresh = (api: Api, cookie: string) => api.request.post('/authentication/refresh').set('Cookie', cookie);
const logIn = (api: Api, email: string) => api.request.post('/authentication/log-in').send({ email, password });

describeOnServer('an outage of the database', () => {
  let proxy: Proxy;
  beforeEach(async () => {
    proxy = new Proxy(database.environment.DATABASE_URL ?? '');
    await proxy.open();
    closers.push(() => proxy.close());
  });

  it('logs nobody out: a refresh is a 503 that leaves the cookies alone', async () => {
    const api = await start({ DATABASE_URL: proxy.url });
    const { session } = await createUser(api);
    await proxy.close();
    const answer = await refresh(api, session.cookie).expect(503);
    expect(setCookieLines(answer)).toEqual([]);
    await proxy.open();
    const renewed = cookiesOf(await refresh(api, session.cookie).expect(204));
    await api.request.get('/authentication').set('Cookie', renewed.access).expect(200);
  });

  it('counts no log-in that got a 503', async () => {
    const limits = { LOG_IN_ATTEMPTS: '2', PASSWORD_REQUESTS: '3', AUTHENTICATION_REQUESTS: '4' };
    const api = await start({ DATABASE_URL: proxy.url, ...limits });
    const { email } = await createUser(api);
    await proxy.close();
    for (let attempt = 0; attempt < 10; attempt += 1) await logIn(api, email).expect(503);
    await proxy.open();
    await logIn(api, email).expect(200);
  });
});

describe('a session that has ended', () => {
  it('clears the cookies', async () => {
    const api = await start({});
    const { session } = await createUser(api);
    await api.request.post('/authentication/log-out').set('Cookie', session.cookie).expect(204);
    const answer = await refresh(api, session.cookie).expect(401);
    expect(setCookieLines(answer)).toHaveLength(2);
    expect(setCookieLines(answer).join()).toMatch(/Expires=Thu, 01 Jan 1970.*Expires=Thu, 01 Jan 1970/);
  });

  it('clears nothing for a page that sent no cookie: another tab may be logging in', async () => {
    const api = await start({});
    const answer = await refresh(api, '').expect(401);
    expect(setCookieLines(answer)).toEqual([]);
  });
});

describe('forty log-ins at once', () => {
  it('with the right passwords all succeed in the end, however often the queue is full', async () => {
    const api = await start({ BCRYPT_COST: '10', LOG_IN_ATTEMPTS: '1' });
    const emails: string[] = [];
    for (let left = 40; left > 0; left -= 1) emails.push((await createUser(api)).email);
    const statuses = new Map<number, number>();
    const untilItSucceeds = async (email: string): Promise<void> => {
      const { status, headers } = await logIn(api, email);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status !== 503) return;
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      return untilItSucceeds(email);
    };
    await Promise.all(emails.map(untilItSucceeds));
    expect([...statuses.keys()].sort()).toEqual([200, 503]);
    expect(statuses.get(200)).toBe(40);
  });
});

describe('a new secret', () => {
  const former = 'the secret of the first year: 0123456789';
  const newer = 'the secret of the second year: 0123456789';
  const pair = async (first: string, second: string) => {
    const one = await start({ JWT_SECRET: first, REFRESH_GRACE: '1h' });
    return [one, await start({ JWT_SECRET: second, REFRESH_GRACE: '1h', DATABASE_URL: urlOf(one) })] as const;
  };
  const urlOf = ({ dataSource }: Api) => (dataSource.options as { url?: string }).url ?? '';

  describeOnServer('that is rolled out over two instances', () => {
    it.each([
      ['known to all', former, `${former},${newer}`],
      ['in use on one', `${former},${newer}`, `${newer},${former}`],
      ['alone on one', `${newer},${former}`, newer],
    ])('logs nobody out: %s', async (_, first, second) => {
      const [before, after] = await pair(first, second);
      const { session } = await createUser(before);
      let { refresh: cookie } = session;
      for (const [one, other] of [
        [before, after],
        [after, before],
        [before, after],
      ] as const) {
        const next = cookiesOf(await refresh(one, cookie).expect(204));
        const sameNext = cookiesOf(await refresh(other, cookie).expect(204)); // another tab, at the same time
        expect(sameNext.refresh.split('.', 2)).toEqual(next.refresh.split('.', 2));
        ({ refresh: cookie } = next);
      }
      const { access } = cookiesOf(await refresh(before, cookie).expect(204));
      await before.request.get('/authentication').set('Cookie', access).expect(200);
    });

    it('in the wrong order ends no session within the grace period', async () => {
      const [before, after] = await pair(former, `${newer},${former}`);
      const { session } = await createUser(before);
      const next = cookiesOf(await refresh(after, session.refresh).expect(204));
      const answer = await refresh(before, session.refresh).expect(503); // it cannot know the next token
      expect(setCookieLines(answer)).toEqual([]);
      expect(answer.headers['retry-after']).toBe('1');
      await after.request.get('/authentication').set('Cookie', next.access).expect(200);
      await refresh(after, session.refresh).expect(204);
    });
  });
});
