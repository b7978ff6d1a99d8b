import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { startApi, type Api } from './support/api.js';
import { cookiesOf } from './support/cookies.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { after, codesIn, tableIn } from './support/markdown.js';
import { ApiProcess } from './support/process.js';
import { Mailbox, tokenIn } from './support/smtp.js';
import { createUser, logIn, password, type Session, type User } from './support/users.js';

const page = readFileSync('docs/sessions-and-tokens.md', 'utf8');
const rows = tableIn(after('## What ends what', page));
const newPassword = 'staple battery horse';

let mailbox: Mailbox;
let api: Api;
beforeAll(async () => {
  mailbox = await Mailbox.open();
  api = await startApi({ SMTP_URL: mailbox.url, MAIL_FROM: 'shop@example.net' });
});
afterAll(async () => {
  await api.close();
  await mailbox.close();
});

interface Person extends User {
  other: Session;
  token: string;
}

/** A user with two sessions and a personal access token. */
async function person(on: Pick<Api, 'url'>): Promise<Person> {
  const user = await createUser(on);
  const { body } = await user.agent.post('/authentication/tokens').send({ name: 'CI', access: 'write' }).expect(201);
  return { ...user, other: await logIn(on, user.email), token: String(body.token) };
}

const statusWith = async (headers: Record<string, string>, on: Pick<Api, 'url'>) =>
  (await fetch(`${on.url}/authentication`, { headers })).status;

/** Whether the session has a next request. An access token that has expired is refreshed first. */
async function isAlive(session: Session, on: Pick<Api, 'url'>): Promise<boolean> {
  const status = await statusWith({ Cookie: session.cookie }, on);
  const headers = { Cookie: session.refresh };
  const refreshed = await fetch(`${on.url}/authentication/refresh`, { method: 'POST', headers });
  expect([200, 401]).toContain(status);
  expect(refreshed.status).toBe(status === 200 ? 204 : 401);
  return status === 200;
}

/** In the words of the table. */
async function outcome({ session, other, token }: Person, on: Pick<Api, 'url'> = api): Promise<string[]> {
  const tokenStatus = await statusWith({ Authorization: `Bearer ${token}` }, on);
  const sessions = [await isAlive(session, on), await isAlive(other, on)];
  return [...sessions.map((alive) => (alive ? 'stays' : 'ends')), tokenStatus === 200 ? 'stay' : 'are revoked'];
}

const rotate = async ({ refresh }: Session) =>
  cookiesOf(await api.request.post('/authentication/refresh').set('Cookie', refresh).expect(204));

/** The client keeps the new tokens. */
function replace(session: Session, { access, refresh }: Pick<Session, 'access' | 'refresh'>): void {
  Object.assign(session, { access, refresh, cookie: `${access}; ${refresh}` });
}

const events: Record<string, (user: Person) => Promise<unknown>> = {
  'the access token expires': async ({ session }) => {
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 16 * 60_000);
    const status = await statusWith({ Cookie: session.cookie }, api).finally(() => clock.mockRestore());
    expect(status).toBe(401);
    replace(session, await rotate(session));
  },
  '`POST /authentication/log-out`': ({ agent }) => agent.post('/authentication/log-out').expect(204),
  '`DELETE /authentication/sessions`': ({ agent }) => agent.delete('/authentication/sessions').expect(204),
  'a refresh token is shown again after the grace period': async ({ session }) => {
    const next = await rotate(session);
    await api.dataSource.query(`UPDATE sessions SET "rotatedAt" = now() - interval '1 hour' WHERE id = $1`, [
      session.id,
    ]);
    const { body } = await api.request.post('/authentication/refresh').set('Cookie', session.refresh).expect(401);
    expect(body.type).toBe('urn:problem:refresh-token-reused');
    replace(session, next);
  },
  '`PATCH /authentication/password`': ({ agent }) =>
    agent.patch('/authentication/password').send({ currentPassword: password, newPassword }).expect(204),
  'a link that resets the password is used': async ({ email }) => {
    await api.request.post('/authentication/password-reset').send({ email }).expect(204);
    const [, mail] = await mailbox.to(email, 2);
    if (mail === undefined) throw new Error('no mail');
    const token = tokenIn(mail);
    const body = { token, password: newPassword };
    await api.request.post('/authentication/password-reset/confirmation').send(body).expect(204);
  },
  '`DELETE /authentication`': ({ agent }) => agent.delete('/authentication').send({ password }).expect(204),
};

const restart = 'the process is killed and starts again';

describe('what ends what, as the page says', () => {
  it('is tried for each row of the table', () => {
    expect(rows.map(([event]) => event)).toEqual([...Object.keys(events), restart]);
  });

  it.each(rows.filter(([event]) => event !== restart))('when %s', async (event = '', ...expected) => {
    const user = await person(api);
    await events[event]?.(user);
    expect(await outcome(user)).toEqual(expected);
  });
});

describe(`when ${restart}`, () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase()));
  afterAll(() => database.drop());

  it('as the page says', async () => {
    const first = await ApiProcess.start(database.environment);
    const user = await person(first);
    await first.end('SIGKILL');
    const second = await ApiProcess.start(database.environment);
    const after = await outcome(user, second);
    await second.end('SIGTERM');
    expect(after).toEqual(rows.find(([event]) => event === restart)?.slice(1));
  });
});

it('names settings that exist, and no others', () => {
  const settings = [...new Set(codesIn(page).filter((code) => /^[A-Z]+_[A-Z_]+$/.test(code)))];
  const known = codesIn(readFileSync('docs/reference/configuration.md', 'utf8'));
  expect(settings.length).toBeGreaterThan(3);
  expect(settings.filter((name) => !known.includes(name))).toEqual([]);
});
