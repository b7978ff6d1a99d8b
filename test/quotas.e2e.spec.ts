import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExpiredRowsService } from '../src/accounts/expired-rows.service.js';
import { sendRaw } from './cross-origin/support/wire.js';
import { startApi, type Api } from './support/api.js';
import { Mailbox, tokenIn } from './support/smtp.js';
import { createUser, logIn, password, type Session } from './support/users.js';
import { waitUntil } from './support/wait.js';

const newPassword = 'staple battery horse';
const tooMany = 'urn:problem:too-many-requests';

describe('what one account writes', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ WRITE_QUOTA: '5' })));
  afterAll(() => api.close());

  let names = 0;
  const create = ({ agent }: Pick<Session, 'agent'>) =>
    agent.post('/categories').send({ name: `Category ${(names += 1)}` });

  it('is limited: it is told what is left, and the next write is a 429 that changes nothing', async () => {
    const ada = await createUser(api);
    const { headers: first } = await create(ada).expect(201);
    expect([first.ratelimit, first['ratelimit-policy']]).toEqual(['"writes";r=4;t=600', '"writes";q=5;w=600']);
    for (let left = 4; left > 0; left -= 1) await create(ada).expect(201);
    const { headers, body } = await create(ada).expect(429);
    expect(body).toMatchObject({ type: tooMany, status: 429 });
    expect(headers['ratelimit-policy']).toBe('"writes";q=5;w=600');
    expect(headers.ratelimit).toBe(`"writes";r=0;t=${headers['retry-after'] ?? ''}`);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(600);
    const { body: list } = await ada.agent.get('/categories?limit=100').expect(200);
    expect((list.items as { name: string }[]).map(({ name }) => name)).not.toContain(`Category ${names}`);
  });

  it('counts for all its sessions and all that it writes, and for nobody else', async () => {
    const [ada, other] = [await createUser(api), await createUser(api)];
    for (let left = 5; left > 0; left -= 1) await create(ada).expect(201);
    const again = await logIn(api, ada.email);
    await create(again).expect(429);
    const writes = [
      again.agent.post('/posts').send({ title: 'a', content: 'b' }),
      again.agent.patch('/authentication').send({ name: 'New' }),
      again.agent.delete('/authentication/sessions'),
      again.agent.delete(`/authentication/sessions/${ada.session.id}`),
    ];
    for (const write of writes) await write.expect(429);
    await again.agent.get('/authentication').expect(200);
    await create(other).expect(201);
    await again.agent.post('/authentication/log-out').expect(204);
  });

  it('costs more the longer it is', async () => {
    const { agent } = await createUser(api);
    const { headers } = await agent
      .post('/posts')
      .send({ title: 'a', content: 'x'.repeat(25_000) })
      .expect(201);
    expect(headers.ratelimit).toBe('"writes";r=2;t=600');
    await agent
      .post('/posts')
      .send({ title: 'a', content: 'x'.repeat(35_000) })
      .expect(429);
  });

  it('costs most when it does not say how long it is', async () => {
    const { session } = await createUser(api);
    const lines = [
      'Host: localhost',
      `Cookie: ${session.cookie}`,
      'Content-Type: application/json',
      'Connection: close',
    ];
    const write = (path: string) =>
      sendRaw(
        api,
        [`POST ${path} HTTP/1.1`, ...lines, 'Transfer-Encoding: chunked', '', '2\r\n{}\r\n0\r\n\r\n'].join('\r\n'),
      );
    expect((await write('/categories')).status).toBe(400); // two points: 16 KiB at most
    expect((await write('/posts')).status).toBe(429);
  });
});

describe('requests that hash a password', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ PASSWORD_REQUESTS: '6', TRUST_PROXY: '1' })));
  afterAll(() => api.close());

  it('are limited for a network, all kinds of them together, and other requests go on', async () => {
    const { email, session } = await createUser(api);
    const network = '198.18.0.1';
    const from = (request: ReturnType<Api['request']['post']>, ip = network) => request.set('X-Forwarded-For', ip);
    const attempt = () => api.request.post('/authentication/log-in').send({ email, password });
    const { headers: first } = await from(attempt()).expect(200);
    expect(first.ratelimit).toBe('"authentication";r=99999;t=60, "passwords";r=5;t=60');
    for (let left = 5; left > 0; left -= 1) await from(attempt()).expect(200);
    const token = 'A'.repeat(43);
    const requests = [
      attempt(),
      api.request.post('/authentication/register').send({ email: `new-${email}`, name: 'New', password }),
      api.request.post('/authentication/password-reset/confirmation').send({ token, password: newPassword }),
      session.agent.patch('/authentication/password').send({ currentPassword: password, newPassword }),
      session.agent.patch('/authentication').send({ email: `new-${email}`, password }),
      session.agent.delete('/authentication').send({ password }),
    ];
    for (const request of requests) {
      const { body, headers } = await from(request).expect(429);
      expect(body.type).toBe(tooMany);
      expect(headers['ratelimit-policy']).toBe('"passwords";q=6;w=60');
    }
    await from(session.agent.post('/authentication/refresh')).expect(204);
    await from(session.agent.post('/authentication/log-out')).expect(204);
    await from(attempt(), '198.18.0.2').expect(200);
  });
});

describe('mails to one user', () => {
  let mailbox: Mailbox;
  let api: Api;
  beforeAll(async () => {
    mailbox = await Mailbox.open();
    api = await startApi({ SMTP_URL: `${mailbox.url}/?pool=true`, MAILS_PER_HOUR: undefined });
  });
  afterAll(async () => {
    await api.close();
    await mailbox.close();
  });

  it('are three an hour: whoever asks for more gets the same answer, and the latest link goes on working', async () => {
    const { email, agent } = await createUser(api);
    const ask = () => api.request.post('/authentication/password-reset').send({ email });
    const answers = [await ask(), await ask()];
    await mailbox.to(email, 3);
    for (let left = 20; left > 0; left -= 1) answers.push(await ask());
    for (const { status, text, headers } of answers) {
      expect([status, text]).toEqual([204, '']);
      expect(Object.keys(headers).sort()).toEqual(Object.keys(answers[0]?.headers ?? {}).sort());
    }
    const { body } = await agent.post('/authentication/email-confirmation').expect(429);
    expect(body.type).toBe(tooMany);
    const { email: sentinel } = await createUser(api);
    await mailbox.to(sentinel);
    const mails = await mailbox.to(email, 3);
    expect(mails).toHaveLength(3);
    const token = tokenIn(mails[2] ?? { text: '' });
    const reset = { token, password: newPassword };
    await api.request.post('/authentication/password-reset/confirmation').send(reset).expect(204);
  });
});

describe('the sessions of one user', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ SESSIONS_PER_USER: '3' })));
  afterAll(() => api.close());

  const isAlive = async ({ access }: Session) =>
    (await api.request.get('/authentication').set('Cookie', access)).status === 200;

  it('are limited: one more ends the one that was used longest ago, and none of others', async () => {
    const [{ email, session: first }, other] = [await createUser(api), await createUser(api)];
    const [second, third] = [await logIn(api, email), await logIn(api, email)];
    await first.agent.post('/authentication/refresh').expect(204);
    const fourth = await logIn(api, email);
    expect(await isAlive(second)).toBe(false);
    for (const session of [first, third, fourth, other.session]) expect(await isAlive(session)).toBe(true);
    const { body } = await fourth.agent.get('/authentication/sessions').expect(200);
    expect((body.items as { id: string }[]).map(({ id }) => id)).toEqual([fourth.id, first.id, third.id]);
  });

  it('cannot become more side by side', async () => {
    const { id, email } = await createUser(api);
    await Promise.all(Array.from({ length: 12 }, () => logIn(api, email)));
    const rows = await api.dataSource.query<object[]>('SELECT 1 FROM sessions WHERE "userId" = $1', [id]);
    expect(rows).toHaveLength(3);
  });
});

describe('sessions and links that have expired', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi()));
  afterAll(() => api.close());

  it('are removed by themselves, however many there are, and no others', async () => {
    const { id, session } = await createUser(api);
    const count = async (table: string) => {
      const [row] = await api.dataSource.query<{ count: number }[]>(`SELECT count(*)::int AS count FROM ${table}`);
      return row?.count;
    };
    const kept = [await count('sessions'), await count('mail_tokens')];
    await api.dataSource.query(
      `INSERT INTO sessions (id, "userId", "refreshHash", "expiresAt", "endsAt", ip, "userAgent")
       SELECT gen_random_uuid(), $1, sha256(n::text::bytea), now() - interval '1 s', now(), '192.0.2.1', ''
       FROM generate_series(1, 2500) n`,
      [id],
    );
    await api.dataSource.query(
      `WITH account AS (INSERT INTO users (email, name, "passwordHash")
         SELECT 'user-' || n || '@example.net', 'Old', '' FROM generate_series(1, 1500) n RETURNING id)
       INSERT INTO mail_tokens (hash, purpose, email, "userId", "expiresAt")
       SELECT sha256(id::text::bytea), 'email-confirmation', 'old@example.net', id, now() - interval '1 s' FROM account`,
    );
    expect([await count('sessions'), await count('mail_tokens')]).toEqual([2_501, 1_501]);
    api.app.get(ExpiredRowsService).onApplicationBootstrap();
    await waitUntil(async () => (await count('mail_tokens')) === kept[1]);
    expect([await count('sessions'), await count('mail_tokens')]).toEqual(kept);
    await session.agent.get('/authentication').expect(200);
  });
});
