import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { browserNames } from '../browser-verdict/src/index.js';
import { openPage } from '../browser-verdict/src/page/open-page.js';
import { accessControl, send, sendRaw } from './cross-origin/support/wire.js';
import { startApi, type Api } from './support/api.js';
import { describeOnServer } from './support/database.js';
import { createUser, password, type User } from './support/users.js';
import { waitUntil } from './support/wait.js';

const apiUrl = 'http://localhost:3000';
const frontend = 'http://localhost:5173';
const foreign = 'https://evil.example';

let api: Api;
const lines: string[] = [];
beforeAll(async () => {
  api = await startApi({ LOG_LEVEL: 'verbose', TRUST_PROXY: '1', LOG_IN_ATTEMPTS: '3' });
  const keep = (...line: unknown[]) => void lines.push(JSON.stringify(line));
  api.app.useLogger({ log: keep, warn: keep, error: keep, debug: keep, verbose: keep, fatal: keep });
});
afterAll(() => api.close());

interface Created {
  id: number;
  token: string;
}

async function create({ agent }: User, body: object = {}): Promise<Created> {
  const response = await agent
    .post('/authentication/tokens')
    .send({ name: 'CI', access: 'write', ...body })
    .expect(201);
  return response.body as Created;
}

const read = (token: string) => api.request.get('/authentication').set('Authorization', `Bearer ${token}`);
const publish = (token: string) =>
  api.request.post('/posts').set('Authorization', `Bearer ${token}`).send({ title: 'A', content: 'B' });
const inOneHour = () => new Date(Date.now() + 3_600_000).toISOString();

const rowsOf = ({ id }: User) =>
  api.dataSource.query<Record<string, unknown>[]>('SELECT * FROM personal_access_tokens WHERE "userId" = $1', [id]);

describe('a personal access token', () => {
  it('is shown once, and stored as a hash alone', async () => {
    const user = await createUser(api);
    const expiresAt = inOneHour();
    const { body, headers } = await user.agent
      .post('/authentication/tokens')
      .send({ name: 'CI', access: 'read', expiresAt })
      .expect(201);
    expect(body).toEqual({ id: expect.any(Number), name: 'CI', access: 'read', expiresAt, token: expect.any(String) });
    expect(body.token).toMatch(/^coapi_[0-9A-Za-z]{49}$/);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers.location).toBe(`/authentication/tokens/${String(body.id)}`);
    const { body: list } = await user.agent.get('/authentication/tokens').expect(200);
    const { token, ...shown } = body as Created;
    expect(list).toEqual({
      count: 1,
      items: [{ ...shown, createdAt: expect.any(String), lastUsedAt: null }],
    });
    expect(JSON.stringify([list, await rowsOf(user)])).not.toContain(token);
  });

  it('stands for its user without a cookie, and notes when it was used last', async () => {
    const user = await createUser(api);
    const { token } = await create(user);
    expect((await read(token).expect(200)).body).toMatchObject({ id: user.id });
    const { body } = await publish(token).expect(201);
    expect(body).toMatchObject({ author: { id: user.id } });
    const { body: list } = await user.agent.get('/authentication/tokens').expect(200);
    expect(list.items[0].lastUsedAt).toEqual(expect.any(String));
  });

  it('that can read cannot write', async () => {
    const { token } = await create(await createUser(api), { access: 'read' });
    await read(token).expect(200);
    const { body, headers } = await publish(token).expect(403);
    expect(body.detail).toBe('This token can only read.');
    expect(headers['www-authenticate']).toBe('Bearer realm="api", error="insufficient_scope"');
  });

  it('cannot take over the account, however much it may write', async () => {
    const { token } = await create(await createUser(api));
    const { body } = await api.request
      .patch('/authentication/password')
      .set('Authorization', `Bearer ${token}`)
      .send({ currentPassword: password, newPassword: 'staple battery horse' })
      .expect(403);
    expect(body.detail).toContain('A token cannot do this');
  });

  it('is refused with the next request once it is revoked, and by nobody else', async () => {
    const [user, other] = [await createUser(api), await createUser(api)];
    const { id, token } = await create(user);
    await other.agent.delete(`/authentication/tokens/${String(id)}`).expect(404);
    await read(token).expect(200);
    await user.agent.delete(`/authentication/tokens/${String(id)}`).expect(204);
    await read(token).expect(401);
    await user.agent.delete(`/authentication/tokens/${String(id)}`).expect(404);
  });

  it('is refused once it has expired', async () => {
    const user = await createUser(api);
    const { id, token } = await create(user, { expiresAt: inOneHour() });
    await read(token).expect(200);
    await api.dataSource.query(`UPDATE personal_access_tokens SET "expiresAt" = now() WHERE id = $1`, [id]);
    await read(token).expect(401);
  });

  it('goes with its user', async () => {
    const user = await createUser(api);
    const { token } = await create(user);
    await user.agent.delete('/authentication').send({ password }).expect(204);
    await read(token).expect(401);
    expect(await rowsOf(user)).toEqual([]);
  });

  it('is revoked by a new password', async () => {
    const user = await createUser(api);
    const { token } = await create(user);
    const passwords = { currentPassword: password, newPassword: 'staple battery horse' };
    await user.agent.patch('/authentication/password').send(passwords).expect(204);
    await read(token).expect(401);
    await user.agent.get('/authentication').expect(200);
  });

  it('is one of a hundred at most, however many requests there are at once', async () => {
    const user = await createUser(api);
    await api.dataSource.query(
      `INSERT INTO personal_access_tokens ("userId", name, access, hash)
       SELECT $1::int, 'CI', 'read', decode(md5($1::int || '-' || n), 'hex') FROM generate_series(1, 97) n`,
      [user.id],
    );
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => user.agent.post('/authentication/tokens').send({ name: 'CI', access: 'read' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409, 409, 409]);
    expect(await rowsOf(user)).toHaveLength(100);
  });

  it('never comes near the log', async () => {
    const { token } = await create(await createUser(api));
    await read(token).expect(200);
    await publish(`${token}x`).expect(401);
    await api.request.get(`/posts?token=${token}`).expect(400);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => line.includes(token.slice(0, 20)))).toEqual([]);
  });
});

describe('a token that is not valid', () => {
  let valid: string;
  beforeAll(async () => (valid = (await create(await createUser(api))).token));

  it.each([
    ['too short', () => valid.slice(0, -1)],
    ['too long', () => `${valid}0`],
    ['of 10 KB', () => `coapi_${'a'.repeat(10_000)}`],
    ['with another prefix', () => valid.replace('coapi', 'ghp')],
    ['with a wrong checksum', () => valid.slice(0, -1) + (valid.endsWith('0') ? '1' : '0')],
    ['well-formed, but unknown', () => `coapi_${'0'.repeat(43)}2CZclj`],
    ['that is the hash of one', () => Buffer.from(valid).toString('base64')],
  ])('(%s) is a 401 with a challenge', async (_, token) => {
    const { body, headers } = await read(token()).expect(401);
    expect(body.detail).toBe('The token is unknown, revoked or expired.');
    expect(headers['www-authenticate']).toBe('Bearer realm="api", error="invalid_token"');
  });

  it.each([
    ['of another scheme', () => `Basic ${Buffer.from(`ada:${valid}`).toString('base64')}`],
    ['without a scheme', () => valid],
    ['without a token', () => 'Bearer'],
    ['with two tokens', () => `Bearer ${valid} ${valid}`],
    ['that is empty', () => ''],
  ])('in a header %s is a 401 that says how to send it', async (_, header) => {
    const { body } = await api.request.get('/authentication').set('Authorization', header()).expect(401);
    expect(body.detail).toBe('Send a token as: Authorization: Bearer <token>.');
  });

  it('in a query string counts for nothing', async () => {
    await api.request.get(`/authentication?access_token=${valid}&token=${valid}`).expect(401);
  });

  it('in two headers is a 400', async () => {
    const header = `Authorization: Bearer ${valid}`;
    const head = ['GET /authentication HTTP/1.1', 'Host: api', 'Connection: close', header, header, '', ''].join(
      '\r\n',
    );
    expect((await sendRaw(api, head)).status).toBe(400);
  });

  it('together with a session is a 400, even if both are valid', async () => {
    const { session } = await createUser(api);
    for (const cookie of [session.access, session.refresh, session.cookie]) {
      const { body } = await read(valid).set('Cookie', cookie).expect(400);
      expect(body.detail).toBe('The request has a session cookie and a token. Send one of the two.');
    }
    await read(valid).set('Cookie', 'theme=dark').expect(200);
  });
});

describe('creating a token', () => {
  it.each([
    ['a name that is empty', { name: ' ', access: 'read' }, ['name']],
    ['another access', { name: 'CI', access: 'admin' }, ['access']],
    ['an expiry in the past', { name: 'CI', access: 'read', expiresAt: '2020-01-01T00:00:00.000Z' }, ['expiresAt']],
    ['an expiry that is no time', { name: 'CI', access: 'read', expiresAt: 'tomorrow' }, ['expiresAt']],
    ['an e-mail address alone', { name: 'CI', access: 'read', email: 'ada@example.com' }, ['password']],
    ['a field it does not know', { name: 'CI', access: 'read', userId: 1 }, ['userId']],
  ])('with %s is a 400 that names the field', async (_, body, paths) => {
    const user = await createUser(api);
    const response = await user.agent.post('/authentication/tokens').send(body).expect(400);
    expect((response.body.errors as { path: string }[]).map(({ path }) => path)).toEqual(paths);
    expect(await rowsOf(user)).toEqual([]);
  });

  it('needs a session, or an e-mail address and its password', async () => {
    const user = await createUser(api);
    const token = { name: 'Phone', access: 'write' };
    await api.request.post('/authentication/tokens').send(token).expect(401);
    const { body } = await api.request
      .post('/authentication/tokens')
      .send({ ...token, email: user.email, password })
      .expect(201);
    expect((await read(body.token).expect(200)).body).toMatchObject({ id: user.id });
  });

  it('with a wrong password counts as a log-in attempt', async () => {
    const user = await createUser(api);
    const from = { 'X-Forwarded-For': '198.51.100.7' };
    const attempt = (secret: string) =>
      api.request
        .post('/authentication/tokens')
        .set(from)
        .send({ name: 'Phone', access: 'write', email: user.email, password: secret });
    for (let left = 3; left > 0; left -= 1) await attempt('wrong password').expect(401);
    await attempt(password).expect(429);
    await api.request.post('/authentication/log-in').set(from).send({ email: user.email, password }).expect(429);
    expect(await rowsOf(user)).toEqual([]);
  });
});

describeOnServer('creating a token while the password changes', () => {
  const isWaiting = async () => {
    const [row] = await api.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return (row?.count ?? 0) > 0;
  };

  it.each([
    ['with its session', () => ({})],
    ['with the former password', ({ email }: User) => ({ email, password })],
  ])('%s is a 401, and creates none', async (_, credentials) => {
    const user = await createUser(api);
    const change = api.dataSource.createQueryRunner();
    await change.startTransaction();
    await change.query(`UPDATE users SET "passwordHash" = 'another' WHERE id = $1`, [user.id]);
    const pending = user.agent
      .post('/authentication/tokens')
      .send({ name: 'CI', access: 'write', ...credentials(user) })
      .then(({ status }) => status);
    await waitUntil(isWaiting);
    await change.query('DELETE FROM sessions WHERE "userId" = $1', [user.id]);
    await change.commitTransaction();
    await change.release();
    expect(await pending).toBe(401);
    expect(await rowsOf(user)).toEqual([]);
  });
});

describe('a token across origins', () => {
  const request = (origin: string, headers: Record<string, string>) =>
    send(api, {
      method: 'POST',
      path: '/posts',
      headers: { 'Content-Type': 'application/json', Origin: origin, 'Sec-Fetch-Site': 'cross-site', ...headers },
      body: '{"title":"A","content":"B"}',
    });

  it('is not subject to the rules against CSRF: no page can make a browser send it', async () => {
    const { token } = await create(await createUser(api));
    const answer = await request(foreign, { Authorization: `Bearer ${token}` });
    expect(answer.status).toBe(201);
    expect(accessControl(answer)).toEqual([]);
    const preflight = { Origin: foreign, 'Access-Control-Request-Method': 'POST' };
    const asked = { ...preflight, 'Access-Control-Request-Headers': 'authorization' };
    expect((await send(api, { method: 'OPTIONS', path: '/posts', headers: asked })).status).toBe(403);
  });

  it.each([
    ['beside a cookie', (token: string) => ({ Authorization: `Bearer ${token}`, Cookie: 'theme=dark' })],
    ['in another scheme', (token: string) => ({ Authorization: `Basic ${token}` })],
  ])('%s is subject to them', async (_, headers) => {
    const { token } = await create(await createUser(api));
    expect((await request(foreign, headers(token))).status).toBe(403);
  });

  it('can be sent by a page of an allowed origin', async () => {
    const { token } = await create(await createUser(api));
    for (const browser of browserNames) {
      const post = (origin: string) =>
        openPage(origin, { browser, servers: { [apiUrl]: api.app } }).fetch(`${apiUrl}/posts`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
          body: '{"title":"A","content":"B"}',
        });
      expect((await post(frontend)).status).toBe(201);
      await expect(post('http://localhost:4173')).rejects.toThrow(/PreflightMissingAllowOriginHeader/);
    }
  });
});
