import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Test } from 'supertest';
import { requestId } from '../src/logging/request-context.js';
import { startApi, type Api } from './support/api.js';
import { createCategory } from './support/feature.js';
import { Mailbox, tokenIn } from './support/smtp.js';
import { createAdmin, createUser, logIn, password, type User } from './support/users.js';

const newPassword = 'staple battery horse';

let mailbox: Mailbox;
let api: Api;
beforeAll(async () => {
  mailbox = await Mailbox.open();
  // With one session for each user, a log-in ends the session before it.
  api = await startApi({ SMTP_URL: `${mailbox.url}/?pool=true`, SESSIONS_PER_USER: '1' });
});
afterAll(async () => {
  await api.close();
  await mailbox.close();
});

const tables = ['users', 'sessions', 'mail_tokens', 'posts', 'post_categories', 'categories', 'products', 'origins'];

/** Every row of every table, in words. */
async function contents(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of [...tables, 'product_categories']) {
    const rows = await api.dataSource.query<{ row: string }[]>(`SELECT t::text AS row FROM ${table} t ORDER BY 1`);
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}

/** Lets one statement of a request fail, as if its connection were lost. A rollback never does, nor what runs beside requests. */
async function failAt(index: number, request: () => Test) {
  const sent: string[] = [];
  const spy = jest.spyOn(api.dataSource.logger, 'logQuery').mockImplementation((sql) => {
    if (sql === 'ROLLBACK' || requestId() === undefined) return;
    sent.push(sql);
    if (sent.length === index + 1) throw new Error('Connection terminated');
  });
  try {
    const { status } = await request();
    return { status, sent, hasFailed: sent.length > index };
  } finally {
    spy.mockRestore();
  }
}

/**
 * Repeats a request, with each of its statements failing in turn: up to COMMIT, after which a failure loses the response and
 * nothing else.
 *
 * @returns the statements of the request that was carried out
 */
async function failEachStatement(request: () => Test): Promise<string[]> {
  const before = await contents();
  for (let index = 0; ; index += 1) {
    const { status, sent, hasFailed } = await failAt(index, request);
    const isCarriedOut = !hasFailed || sent.slice(0, index).includes('COMMIT');
    expect([sent.at(-1), status >= 300]).toEqual([sent.at(-1), hasFailed]);
    if (hasFailed) expect([sent.at(-1), status]).toEqual([sent.at(-1), 503]);
    if (!isCarriedOut) expect(await contents()).toEqual(before);
    else {
      expect(await contents()).not.toEqual(before);
      return sent;
    }
  }
}

const isWrite = (sql: string) => /^(INSERT|UPDATE|DELETE|WITH)/.test(sql);

/** What a user does that takes more than one write, and how many it takes. */
const useCases: [name: string, writes: number, prepare: () => Promise<() => Test>][] = [
  [
    'an account is created',
    2,
    () => {
      const account = { email: 'new@example.com', name: 'New', password };
      return Promise.resolve(() => api.request.post('/authentication/register').send(account));
    },
  ],
  [
    'the address of an account is changed',
    3,
    async () => {
      const { agent } = await createUser(api);
      return () => agent.patch('/authentication').send({ email: 'changed@example.com', password });
    },
  ],
  [
    'a password is changed',
    3,
    async () => {
      const { id, agent } = await createUser(api);
      await addSession(id);
      return () => agent.patch('/authentication/password').send({ currentPassword: password, newPassword });
    },
  ],
  [
    'a password is reset',
    5,
    async () => {
      const { email } = await createUser(api);
      await api.request.post('/authentication/password-reset').send({ email }).expect(204);
      const token = tokenIn((await mailbox.to(email, 2))[1] ?? { text: '' });
      const body = { token, password: newPassword };
      return () => api.request.post('/authentication/password-reset/confirmation').send(body);
    },
  ],
  [
    'an address is confirmed',
    2,
    async () => {
      const { email } = await createUser(api);
      const token = tokenIn((await mailbox.to(email))[0] ?? { text: '' });
      return () => api.request.post('/authentication/email-confirmation/confirmation').send({ token });
    },
  ],
  [
    'an account is deleted',
    1,
    async () => {
      const { agent } = await createUser(api);
      await agent.post('/posts').send({ title: 'Mine', content: 'Mine' }).expect(201);
      return () => agent.delete('/authentication').send({ password });
    },
  ],
  [
    'a session begins, and the oldest ends',
    2,
    async () => {
      const { email } = await createUser(api);
      return () => api.request.post('/authentication/log-in').send({ email, password });
    },
  ],
  [
    'a session is renewed',
    1,
    async () => {
      const { session } = await createUser(api);
      return () => api.request.post('/authentication/refresh').set('Cookie', session.cookie);
    },
  ],
  [
    'a post with a category is created',
    2,
    async () => {
      const user = await createUser(api);
      const { id } = await createCategory(user);
      return () => user.agent.post('/posts').send({ title: 'Mine', content: 'Mine', categoryIds: [id] });
    },
  ],
  [
    'the title and the categories of a post are changed',
    3,
    async () => {
      const user = await createUser(api);
      const [one, other] = [await createCategory(user), await createCategory(user)];
      const body = { title: 'Mine', content: 'Mine', categoryIds: [one.id] };
      const { headers } = await user.agent.post('/posts').send(body).expect(201);
      return () => user.agent.patch(headers.location ?? '').send({ title: 'New', categoryIds: [other.id] });
    },
  ],
  [
    'a product with a category is created',
    2,
    async () => {
      const user = await createUser(api);
      const { id } = await createCategory(user);
      const body = { name: 'Mine', price: { amount: 1, currency: 'EUR' }, categoryIds: [id] };
      return () => user.agent.post('/products').send(body);
    },
  ],
  [
    'an origin is added',
    1,
    async () => {
      const { agent } = await createAdmin(api);
      return () => agent.post('/origins').send({ origin: 'http://localhost:4300' });
    },
  ],
];

/** A second session, which no log-in would leave here. */
async function addSession(userId: number): Promise<void> {
  await api.dataSource.query(
    `INSERT INTO sessions (id, "userId", "refreshHash", "expiresAt", "endsAt", ip, "userAgent")
     SELECT gen_random_uuid(), "userId", '\\x00', "expiresAt", "endsAt", ip, "userAgent" FROM sessions WHERE "userId" = $1`,
    [userId],
  );
}

describe('nothing is half done when', () => {
  it.each(useCases)('%s, whichever statement fails', async (_, writes, prepare) => {
    const sent = await failEachStatement(await prepare());
    expect(sent.filter(isWrite).length).toBeGreaterThanOrEqual(writes);
    if (writes > 1) expect(sent.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
  });

  it('a password could not be changed: the former one works, and the new one does not', async () => {
    const change = ({ agent }: User) =>
      agent.patch('/authentication/password').send({ currentPassword: password, newPassword });
    const [changed, kept] = [await createUser(api), await createUser(api)];
    const { sent } = await failAt(Infinity, () => change(changed));
    expect((await failAt(sent.indexOf('COMMIT'), () => change(kept))).status).toBe(503);
    await logIn(api, kept.email);
    const credentials = { email: kept.email, password: newPassword };
    await api.request.post('/authentication/log-in').send(credentials).expect(401);
    await logIn(api, changed.email, { password: newPassword });
  });

  it('an account could not be created: no mail is sent, and the address can be registered', async () => {
    const account = { email: 'late@example.com', name: 'Late', password };
    const register = () => api.request.post('/authentication/register').send(account);
    const { sent } = await failAt(1, register);
    expect(sent.some(isWrite)).toBe(true);
    await register().expect(201);
    expect(await mailbox.to(account.email)).toHaveLength(1);
  });
});
