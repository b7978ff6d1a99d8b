import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import bcrypt from 'bcrypt';
import { send, valuesOf } from './cross-origin/support/wire.js';
import { site } from './cross-origin/support/origins.js';
import { startApi, type Api } from './support/api.js';
import { cookiesOf, tokenOf } from './support/cookies.js';
import { createUser, logIn, password, type User } from './support/users.js';

describe('another spelling of an address', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ LOG_IN_ATTEMPTS: '5' })));
  afterAll(() => api.close());

  const attempt = (email: string, secret = password) =>
    api.request.post('/authentication/log-in').send({ email, password: secret });

  /** Letters that some language or collation takes for those of the address. */
  const foreign = (email: string) => [
    email.replaceAll('i', 'İ'),
    email.replaceAll('i', 'ı'),
    email.replaceAll('k', '\u212a'),
    email.replaceAll('s', 'ſ'),
    email.replaceAll('i', 'i\u0307'),
    email.replace('@', '＠'),
    email.replaceAll('i', '\u0456'),
  ];

  it('does not log in unless only the case of A to Z differs, and such attempts count as one', async () => {
    const { email } = await createUser(api, 'Kissinger');
    for (const spelling of foreign(email)) await attempt(spelling).expect(401);
    await attempt(email.toUpperCase()).expect(200);
    const spellings = [email, email.toUpperCase(), email.replaceAll('i', 'I'), email.replaceAll('k', 'K'), ` ${email}`];
    for (const spelling of spellings) await attempt(spelling, 'wrong password').expect(401);
    for (const spelling of spellings) await attempt(spelling).expect(429);
    for (const spelling of foreign(email)) await attempt(spelling).expect(401);
  });

  it('registers no second account, and no address has foreign letters', async () => {
    const { email } = await createUser(api, 'Kissinger');
    const register = (address: string) =>
      api.request.post('/authentication/register').send({ email: address, name: 'Eve', password });
    await register(email.toUpperCase()).expect(409);
    for (const spelling of foreign(email)) await register(spelling).expect(400);
  });
});

describe('a password that was hashed with another cost', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ BCRYPT_COST: '6', LOG_IN_ATTEMPTS: '1000' })));
  afterAll(() => api.close());

  const hashOf = async ({ id }: Pick<User, 'id'>) => {
    const [row] = await api.dataSource.query<{ passwordHash: string }[]>('SELECT * FROM users WHERE id = $1', [id]);
    return row?.passwordHash ?? '';
  };

  /** As if it had been registered when `BCRYPT_COST` was that. */
  async function userWithCost(cost: number): Promise<User> {
    const user = await createUser(api);
    const hash = await bcrypt.hash(password, cost);
    await api.dataSource.query('UPDATE users SET "passwordHash" = $2 WHERE id = $1', [user.id, hash]);
    return user;
  }

  it.each([4, 5, 7])('(%i) is hashed anew at log-in, and sessions live on', async (cost) => {
    const user = await userWithCost(cost);
    await logIn(api, user.email);
    expect(bcrypt.getRounds(await hashOf(user))).toBe(6);
    await logIn(api, user.email);
    await user.agent.get('/authentication').expect(200);
  });

  it('logs in each of ten who do so at the same moment', async () => {
    const user = await userWithCost(4);
    await Promise.all(Array.from({ length: 10 }, () => logIn(api, user.email)));
    expect(bcrypt.getRounds(await hashOf(user))).toBe(6);
  });

  it('keeps its hash when the password is wrong', async () => {
    const user = await userWithCost(4);
    const before = await hashOf(user);
    const credentials = { email: user.email, password: 'wrong password' };
    await api.request.post('/authentication/log-in').send(credentials).expect(401);
    expect(await hashOf(user)).toBe(before);
  });

  it('takes as much work to refuse as any other, and as an address without an account', async () => {
    const emails = [await userWithCost(4), await userWithCost(5), await userWithCost(6), await userWithCost(7)].map(
      ({ email }) => email,
    );
    const work = async (email: string) => {
      const spies = [jest.spyOn(bcrypt, 'hash'), jest.spyOn(bcrypt, 'compare')] as const;
      await api.request.post('/authentication/log-in').send({ email, password: 'wrong password' }).expect(401);
      const costs = [
        ...spies[0].mock.calls.map(([, rounds]) => Number(rounds)),
        ...spies[1].mock.calls.map(([, hash]) => bcrypt.getRounds(hash)),
      ];
      spies.forEach((spy) => spy.mockRestore());
      return costs.reduce((sum, cost) => sum + 2 ** cost, 0);
    };
    await work(emails[3] ?? ''); // from now on it is known that there are hashes of this cost
    const all = await Promise.resolve([...emails, 'nobody@example.com']);
    const done: number[] = [];
    for (const email of all) done.push(await work(email));
    expect(done).toEqual(done.map(() => 2 ** 7));
  });
});

describe('a refresh cookie that another host planted', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi(site)));
  afterAll(() => api.close());

  const refresh = (cookie: string) =>
    send(api, { method: 'POST', path: '/authentication/refresh', headers: { Cookie: cookie, 'Content-Length': 0 } });
  const rotations = async ({ id }: { id: string }) =>
    api.dataSource.query(`SELECT encode("refreshHash", 'hex') FROM sessions WHERE id = $1`, [id]);

  it('cannot have the name of ours: only this host sets it, over https and for no other', async () => {
    const { email } = await createUser(api);
    const body = JSON.stringify({ email, password });
    const headers = { 'Content-Type': 'application/json' };
    const answer = await send(api, { method: 'POST', path: '/authentication/log-in', headers, body });
    const set = valuesOf(answer, 'set-cookie').filter((line) => /^[^=]+=[^;]/.test(line));
    expect(set.map((line) => line.split('=', 1)[0])).toEqual(['__Host-Authentication', '__Host-Refresh']);
    for (const line of set) {
      expect(line).toMatch(/; Path=\/;.*; Secure/);
      expect(line).not.toMatch(/Domain/i);
    }
  });

  it.each(['__Secure-Refresh', 'Refresh', '__host-refresh', ' __Host-Refresh2'])(
    'named %s makes nobody go on as the attacker',
    async (name) => {
      const [attacker, victim] = [await createUser(api), await createUser(api)];
      const planted = `${name}=${tokenOf(attacker.session.refresh)}`;
      const before = await rotations(attacker.session);
      for (const cookie of [planted, `${victim.session.access}; ${planted}`]) {
        const answer = await refresh(cookie);
        expect(answer.status).toBe(401);
        expect(valuesOf(answer, 'set-cookie').filter((line) => /^__Host-\w+=[^;]/.test(line))).toEqual([]);
      }
      const own = await refresh(`${planted}; ${victim.session.cookie}`);
      expect(own.status).toBe(204);
      const access = valuesOf(own, 'set-cookie').find((line) => /^__Host-Authentication=[^;]/.test(line)) ?? '';
      const me = await send(api, { path: '/authentication', headers: { Cookie: access.split(';', 1)[0] } });
      expect(JSON.parse(me.body)).toMatchObject({ id: victim.id });
      expect(await rotations(attacker.session)).toEqual(before);
    },
  );

  it('of the former name still renews the session that the access cookie names, and is removed', async () => {
    const { session } = await createUser(api);
    const former = `__Secure-Refresh=${tokenOf(session.refresh)}`;
    const answer = await refresh(`${session.access}; ${former}`);
    expect(answer.status).toBe(204);
    const lines = valuesOf(answer, 'set-cookie');
    const removed = lines.find((line) => line.startsWith('__Secure-Refresh=;')) ?? '';
    expect(removed).toMatch(/Path=\/authentication;.*Expires=Thu, 01 Jan 1970.*Secure/);
    const { refresh: next } = cookiesOf({ headers: { 'set-cookie': lines } });
    expect((await refresh(next)).status).toBe(204);
  });
});

describe('log-out', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi()));
  afterAll(() => api.close());

  it('with a refresh token two generations old, and nothing else, ends the session', async () => {
    const { session } = await createUser(api);
    const first = session.refresh;
    for (let left = 2; left > 0; left -= 1) await session.agent.post('/authentication/refresh').expect(204);
    await session.agent.get('/authentication').expect(200);
    await api.request.post('/authentication/log-out').set('Cookie', first).expect(204);
    await session.agent.get('/authentication').expect(401);
    await session.agent.post('/authentication/refresh').expect(401);
  });
});
