import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ConfigService } from '@nestjs/config';
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '../src/config/environment.schema.js';
import { Secrets } from '../src/config/secrets.js';
import { startApi, type Api } from './support/api.js';
import { attributesOf, cookiesOf, setCookieLines, tokenOf } from './support/cookies.js';
import { claimsOf, forge, headerOf, hmac, kidOf } from './support/tokens.js';
import { createUser, makeAdmin, password } from './support/users.js';

const newSecret = 'the new secret which signs: 0123456789';
const formerSecret = 'the former secret which is still listed: 0123456789';

let api: Api;
beforeAll(async () => (api = await startApi({ JWT_SECRET: `${newSecret}, ${formerSecret}` })));
afterAll(() => api.close());

const account = (email: string) => ({ email, name: 'Grace', password });
const register = (body: object) => api.request.post('/authentication/register').send(body);
const logIn = (email: string, secret = password) =>
  api.request.post('/authentication/log-in').send({ email, password: secret });
const currentUser = (cookie: string) => api.request.get('/authentication').set('Cookie', cookie);
const refresh = (cookie: string) => api.request.post('/authentication/refresh').set('Cookie', cookie);
const logOut = (cookie: string) => api.request.post('/authentication/log-out').set('Cookie', cookie);

/** A new user, with the cookies and the access token of its session. */
async function newSession() {
  const { id, email, session } = await createUser(api);
  const { access, refresh } = session;
  return { id, email, access, refresh, token: tokenOf(access) };
}

async function count(table: string, where: string): Promise<number> {
  const [row] = await api.dataSource.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM ${table} WHERE ${where}`,
  );
  return row?.count ?? -1;
}

describe('registering', () => {
  it('makes an account, and shows neither the password nor its hash', async () => {
    const { body } = await register(account('grace@example.com')).expect(201);
    expect(body).toEqual({
      id: expect.any(Number),
      email: 'grace@example.com',
      name: 'Grace',
      role: 'user',
      emailConfirmedAt: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  it('stores the password as a bcrypt hash of the configured cost', async () => {
    await register(account('hash@example.com')).expect(201);
    const [row] = await api.dataSource.query<{ passwordHash: string }[]>(
      `SELECT "passwordHash" FROM users WHERE email = 'hash@example.com'`,
    );
    expect(row?.passwordHash).toMatch(/^\$2b\$04\$[./\w]{53}$/);
  });

  it('logs nobody in', async () => {
    const response = await register(account('not-yet@example.com')).expect(201);
    expect(setCookieLines(response)).toEqual([]);
  });

  it('trims the e-mail address', async () => {
    const { body } = await register(account('  trimmed@example.com \n')).expect(201);
    expect(body.email).toBe('trimmed@example.com');
    await logIn(' trimmed@example.com ').expect(200);
  });

  it('takes an address once, whatever its case', async () => {
    await register(account('Case@Example.com')).expect(201);
    const { body } = await register(account('cASE@example.COM')).expect(409);
    expect(body).toMatchObject({ status: 409, detail: expect.stringContaining('already an account') });
    expect(await count('users', `lower(email) = 'case@example.com'`)).toBe(1);
  });

  it('gives an address to one of twenty who want it at the same moment', async () => {
    const attempts = Array.from({ length: 20 }, () => register(account('wanted@example.com')));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array<number>(19).fill(409)]);
    expect(await count('users', `email = 'wanted@example.com'`)).toBe(1);
  });

  it.each([
    ['of 7 characters', 'seven77', /at least 8 characters/],
    ['of 7 emoji, which are 28 bytes', '🔑'.repeat(7), /at least 8 characters/],
    ['of 73 letters', 'x'.repeat(73), /72 bytes/],
    ['of 19 characters that are 73 bytes', `${'🔑'.repeat(18)}x`, /72 bytes/],
    ['that attackers try first', 'password123', /attackers try first/],
    ['that attackers try first, in other letters', 'PassWord123', /attackers try first/],
    ['with a NUL, where bcrypt would stop reading', 'correct\0horse battery', /NUL/],
    ['that is no text', 12345678, /must be text/],
    ['that is missing', undefined, /must be text/],
  ])('refuses a password %s', async (_, bad, message) => {
    const { body } = await register({ ...account('refused@example.com'), password: bad }).expect(400);
    expect(body.errors).toEqual([{ path: 'password', message: expect.stringMatching(message) }]);
    expect(await count('users', `email = 'refused@example.com'`)).toBe(0);
  });

  it.each([
    ['8 characters', 'Zq7vLw2k'],
    ['72 letters', 'y'.repeat(72)],
    ['18 emoji, which are 72 bytes', '🔑'.repeat(18)],
    ['spaces at both ends', '  spaces count  '],
  ])('takes a password of %s, all of which counts', async (_, good) => {
    const email = `${String(Buffer.byteLength(good))}-${String(good.length)}@example.com`;
    await register({ ...account(email), password: good }).expect(201);
    await logIn(email, good).expect(200);
    await logIn(email, good.slice(0, -2)).expect(401);
    await logIn(email, `${good}x`).expect(401);
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'Ada <ada@example.com>',
    'ada@example.com\r\nBcc: bob@example.com',
    `${'a'.repeat(64)}@${'example.'.repeat(30)}com`,
    null,
    42,
  ])('refuses %j as an e-mail address', async (email) => {
    const { body } = await register({ ...account(''), email }).expect(400);
    expect(body.errors).toEqual([{ path: 'email', message: expect.any(String) }]);
  });

  it('names every bad field at once, and those it does not know: nobody registers as an admin', async () => {
    const { body } = await register({ email: 'x', name: ' ', password: 'short', role: 'admin', id: 1 }).expect(400);
    const paths = (body.errors as { path: string }[]).map(({ path }) => path).sort();
    expect(paths).toEqual(['email', 'id', 'name', 'password', 'role']);
  });
});

describe('logging in', () => {
  const uuid = '[\\da-f]{8}(-[\\da-f]{4}){3}-[\\da-f]{12}';

  it('is kept by no cache, nor is anything else that says who somebody is', async () => {
    const { email, agent } = await createUser(api);
    const answers = [
      await agent.get('/authentication').expect(200),
      await agent.get('/authentication/sessions').expect(200),
      await agent.post('/authentication/log-in').send({ email, password }).expect(200),
      await agent.post('/authentication/refresh').expect(204),
      await agent.post('/authentication/log-out').expect(204),
      await agent.get('/authentication').expect(401),
    ];
    expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(answers.map(() => 'private, no-store'));
  });

  it('answers with the user and two cookies that no script can read', async () => {
    const { email, id } = await createUser(api);
    const response = await logIn(email).expect(200);
    expect(response.body).toMatchObject({ id, email, role: 'user', emailConfirmedAt: null });
    expect(JSON.stringify(response.body)).not.toMatch(/password|\$2b\$/i);
    const attributes = 'Max-Age=2592000; Path=/; Expires=[^;]+; HttpOnly; SameSite=Lax';
    expect(setCookieLines(response)).toEqual([
      expect.stringMatching(new RegExp(`^Authentication=[\\w.-]+; ${attributes}$`)),
      expect.stringMatching(new RegExp(`^Refresh=${uuid}\\.[\\w-]{43}\\.[\\w-]{22}; ${attributes}$`)),
    ]);
  });

  it('finds the account whatever the case of the address', async () => {
    const { email } = await createUser(api, 'Upper');
    await logIn(email.toUpperCase()).expect(200);
  });

  it('puts who, which session and how long into the access token, and nothing else', async () => {
    const { id, token } = await newSession();
    const claims = claimsOf(token);
    const { iat, sid } = claims as { iat: number; sid: string };
    expect(claims).toEqual({
      sub: String(id),
      sid,
      iat,
      exp: iat + 900,
      iss: 'http://localhost:3000',
      aud: 'http://localhost:3000',
    });
    expect(await count('sessions', `id = '${sid}' AND "userId" = ${String(id)}`)).toBe(1);
  });

  it('names the newest key in the header of the access token, and nothing else that a verifier might follow', async () => {
    const { token } = await newSession();
    expect(headerOf(token)).toEqual({ alg: 'HS256', typ: 'JWT', kid: kidOf(keyOf(newSecret)) });
  });

  it('stores the secret of the refresh token as its SHA-256 only', async () => {
    const { refresh } = await newSession();
    const [sessionId = '', text = ''] = tokenOf(refresh).split('.');
    const secret = Buffer.from(text, 'base64url');
    const [row] = await api.dataSource.query<{ refreshHash: Buffer; everything: string }[]>(
      'SELECT "refreshHash", sessions::text AS everything FROM sessions WHERE id = $1',
      [sessionId],
    );
    expect(row?.refreshHash).toEqual(createHash('sha256').update(secret).digest());
    expect(row?.everything).toContain(row?.refreshHash.toString('hex'));
    for (const form of ['hex', 'base64', 'base64url'] as const)
      expect(row?.everything).not.toContain(secret.toString(form));
  });

  it('answers an unknown address and a wrong password in the same words', async () => {
    const { email } = await createUser(api);
    const wrong = await logIn(email, 'not the password').expect(401);
    const unknown = await logIn('nobody@example.com', 'not the password').expect(401);
    expect(unknown.body).toEqual({ ...wrong.body, requestId: expect.any(String) });
    expect(wrong.body.detail).toBe('The e-mail address or the password is wrong.');
    expect(setCookieLines(wrong)).toEqual([]);
    expect(setCookieLines(unknown)).toEqual([]);
  });

  it.each([
    ['an empty password', { email: 'ada@example.com', password: '' }, 401],
    ['no password', { email: 'ada@example.com' }, 400],
    ['a list for a password', { email: 'ada@example.com', password: ['x'] }, 400],
    ['an object for an address', { email: { $ne: null }, password }, 400],
    ['a NUL in the address', { email: 'ada\0@example.com', password }, 400],
    ['SQL for an address', { email: `' OR 1=1 --`, password }, 401],
  ])('refuses %s', async (_, body, status) => {
    await api.request.post('/authentication/log-in').send(body).expect(status);
  });

  it('refuses a password that only begins with the right one and a NUL', async () => {
    const { email } = await createUser(api);
    await logIn(email, `${password}\0`).expect(401);
    await logIn(email, `${password}\0anything`).expect(401);
  });
});

describe('the current user', () => {
  it('is whoever the session belongs to', async () => {
    const { agent, id, email } = await createUser(api);
    const { body } = await agent.get('/authentication').expect(200);
    expect(body).toEqual({
      id,
      email,
      name: 'Ada',
      role: 'user',
      emailConfirmedAt: null,
      createdAt: expect.any(String),
    });
  });

  it('is nobody without a cookie, in an answer that says what to do', async () => {
    const { body } = await api.request.get('/authentication').expect(401);
    expect(body).toMatchObject({ status: 401, detail: expect.stringContaining('Log in first') });
  });

  it('is nobody once the account is deleted', async () => {
    const { access, refresh: refreshCookie, id } = await newSession();
    await currentUser(access).expect(200);
    await api.dataSource.query('DELETE FROM users WHERE id = $1', [id]);
    await currentUser(access).expect(401);
    await refresh(refreshCookie).expect(401);
    await api.request.post('/posts').set('Cookie', access).send({ title: 'Ghost', content: '' }).expect(401);
    expect(await count('posts', `title = 'Ghost'`)).toBe(0);
  });

  it('is nobody once the session has run out, whatever the token says', async () => {
    const { access, refresh: refreshCookie, id } = await newSession();
    await api.dataSource.query(`UPDATE sessions SET "expiresAt" = now() - interval '1 s' WHERE "userId" = $1`, [id]);
    await currentUser(access).expect(401);
    await refresh(refreshCookie).expect(401);
  });

  it('is an admin from the next request on', async () => {
    const { access, id } = await newSession();
    await makeAdmin(api, { id });
    const { body } = await currentUser(access).expect(200);
    expect(body.role).toBe('admin');
  });
});

describe('refreshing', () => {
  it('gives two new cookies for the same session', async () => {
    const before = await newSession();
    const response = await refresh(before.refresh).expect(204);
    const after = cookiesOf(response);
    expect(after.refresh).not.toBe(before.refresh);
    expect(claimsOf(after.access).sid).toBe(claimsOf(before.token).sid);
    await currentUser(after.access).expect(200);
    await refresh(after.refresh).expect(204);
  });

  it('gives the same next token to all who show one at the same moment, and it works', async () => {
    const { refresh: cookie } = await newSession();
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(cookie)));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    const [next = '', ...others] = new Set(answers.map((answer) => cookiesOf(answer).refresh));
    expect(others).toEqual([]);
    expect(next).not.toBe(cookie);
    await refresh(next).expect(204);
  });

  it.each([
    ['a token replaced more than ten seconds ago', 1],
    ['a token replaced twice, however recently', 2],
  ])('ends the session of %s: somebody has a copy', async (_, replacements) => {
    const { refresh: first, access, token } = await newSession();
    let last = first;
    for (let left = replacements; left > 0; left -= 1) last = cookiesOf(await refresh(last).expect(204)).refresh;
    const session = `id = '${String(claimsOf(token).sid)}'`;
    if (replacements === 1)
      await api.dataSource.query(`UPDATE sessions SET "rotatedAt" = now() - interval '10.1 s' WHERE ${session}`);
    const { body } = await refresh(first).expect(401);
    expect(body).toMatchObject({ status: 401, type: 'urn:problem:refresh-token-reused' });
    await refresh(last).expect(401);
    await currentUser(access).expect(401);
    expect(await count('sessions', session)).toBe(0);
  });

  it('sets its cookies with the attributes of log-in', async () => {
    const { email } = await createUser(api);
    const loggedIn = await logIn(email).expect(200);
    const refreshed = await refresh(cookiesOf(loggedIn).refresh).expect(204);
    expect(setCookieLines(refreshed).map(attributesOf)).toEqual(setCookieLines(loggedIn).map(attributesOf));
  });

  const secretAndProof = `${'A'.repeat(43)}.${'A'.repeat(22)}`;

  it.each([
    ['no cookie', ''],
    ['an empty cookie', 'Refresh='],
    ['a token of another length', 'Refresh=made-up'],
    ['a token of a session that never was', `Refresh=${randomUUID()}.${secretAndProof}`],
    ['a secret of no session', `Refresh=${secretAndProof}`],
    ['a session that is no UUID', `Refresh=' OR 1=1 --.${secretAndProof}`],
    ['a token of 4,000 characters', `Refresh=${'A'.repeat(4_000)}`],
    ['what cookie-parser takes for JSON', 'Refresh=j:{"a":1}'],
    ['an encoded NUL', 'Refresh=%00'],
  ])('refuses %s', async (_, cookie) => {
    await refresh(cookie).expect(401);
  });

  it('refuses an access token in the place of a refresh token', async () => {
    const { token } = await newSession();
    await refresh(`Refresh=${token}`).expect(401);
  });
});

describe('logging out', () => {
  it('ends the session at once, for copies of both tokens too', async () => {
    const session = await newSession();
    await currentUser(session.access).expect(200);
    await logOut(`${session.access}; ${session.refresh}`).expect(204);
    await currentUser(session.access).expect(401);
    await refresh(session.refresh).expect(401);
    expect(await count('sessions', `id = '${String(claimsOf(session.token).sid)}'`)).toBe(0);
  });

  it('leaves the other sessions of the user alone', async () => {
    const one = await newSession();
    const other = cookiesOf(await logIn(one.email).expect(200));
    await logOut(one.access).expect(204);
    await currentUser(other.access).expect(200);
  });

  it('clears both cookies with the attributes they were set with', async () => {
    const { email } = await createUser(api);
    const loggedIn = await logIn(email).expect(200);
    const loggedOut = await logOut(cookiesOf(loggedIn).access).expect(204);
    expect(setCookieLines(loggedOut)).toEqual([
      'Authentication=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
      'Refresh=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
    ]);
    expect(setCookieLines(loggedOut).map(attributesOf)).toEqual(setCookieLines(loggedIn).map(attributesOf));
  });

  it('ends the session of an expired access token', async () => {
    const { token, access, id } = await newSession();
    const expired = forge(header, { ...claimsOf(token), exp: ago(31) }, hmac(keyOf(newSecret)));
    await currentUser(`Authentication=${expired}`).expect(401);
    await logOut(`Authentication=${expired}`).expect(204);
    await currentUser(access).expect(401);
    expect(await count('sessions', `"userId" = ${String(id)}`)).toBe(0);
  });

  it('ends the session of a refresh token alone', async () => {
    const session = await newSession();
    await logOut(session.refresh).expect(204);
    await currentUser(session.access).expect(401);
  });

  it('does not end the session of a token that somebody else signed', async () => {
    const { token, access } = await newSession();
    const forged = forge(header, claimsOf(token), hmac(keyOf('')));
    await logOut(`Authentication=${forged}`).expect(204);
    await currentUser(access).expect(200);
  });

  it('succeeds without a session, and clears what the browser may have', async () => {
    const response = await api.request.post('/authentication/log-out').expect(204);
    expect(setCookieLines(response)).toHaveLength(2);
  });
});

const secrets = new Secrets(new ConfigService<Environment, true>({ JWT_SECRET: [newSecret, formerSecret] }));
const keyOf = (secret: string) => secrets.derive('access token', secret);
const headerFor = (secret: string) => ({ alg: 'HS256', typ: 'JWT', kid: kidOf(keyOf(secret)) });
const header = headerFor(newSecret);
/** Seconds since the epoch. */
const ago = (seconds: number) => Math.floor(Date.now() / 1_000) - seconds;

describe('a token', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rs256 = (input: string) => sign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url');
  const jwk = rsa.publicKey.export({ format: 'jwk' });
  const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString();

  it('is accepted when it is made like this with the secret that signs', async () => {
    const { token, id } = await newSession();
    const made = forge(header, claimsOf(token), hmac(keyOf(newSecret)));
    expect(made).toBe(token);
    const { body } = await currentUser(`Authentication=${made}`).expect(200);
    expect(body.id).toBe(id);
  });

  it('is accepted when a former secret signed it, which is still listed', async () => {
    const { token } = await newSession();
    const former = forge(headerFor(formerSecret), claimsOf(token), hmac(keyOf(formerSecret)));
    await currentUser(`Authentication=${former}`).expect(200);
  });

  it('is accepted for half a minute after it has expired, because clocks differ', async () => {
    const { token } = await newSession();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    await currentUser(`Authentication=${signed({ ...claimsOf(token), exp: ago(29) })}`).expect(200);
    clock.mockRestore();
  });

  type Forger = (claims: Record<string, unknown>) => string;
  const forgers: [string, Forger][] = [
    ['without a signature (alg none)', (claims) => forge({ ...header, alg: 'none' }, claims, () => '')],
    ['with alg NoNe', (claims) => forge({ ...header, alg: 'NoNe' }, claims, () => '')],
    ['signed, its header saying none', (claims) => forge({ ...header, alg: 'none' }, claims, hmac(keyOf(newSecret)))],
    ['whose signature was taken off', (claims) => forge(header, claims, () => '')],
    ['of another secret', (claims) => forge(header, claims, hmac(keyOf(stranger)))],
    ['of another secret that it names', (claims) => forge(headerFor(stranger), claims, hmac(keyOf(stranger)))],
    ['of a listed secret other than it names', (claims) => forge(header, claims, hmac(keyOf(formerSecret)))],
    ['that names no key', (claims) => forge({ ...header, kid: undefined }, claims, hmac(keyOf(newSecret)))],
    ['whose kid every object has', (claims) => forge({ ...header, kid: 'constructor' }, claims, hmac(keyOf('')))],
    ['of an empty secret', (claims) => forge(header, claims, hmac(keyOf('')))],
    ['of an empty key', (claims) => forge(header, claims, hmac(Buffer.alloc(0)))],
    ['of the secret itself, not derived', (claims) => forge(header, claims, hmac(Buffer.from(newSecret)))],
    [
      'with HS512 and the right key',
      (claims) => forge({ ...header, alg: 'HS512' }, claims, hmac(keyOf(newSecret), 'sha512')),
    ],
    ['with RS256 and its own key in the header', (claims) => forge({ ...header, alg: 'RS256', jwk }, claims, rs256)],
    ['with HS256 and a public key for a secret', (claims) => forge(header, claims, hmac(Buffer.from(pem)))],
    ['with a kid that is a path', (claims) => forge({ ...header, kid: '../../dev/null' }, claims, hmac(keyOf('')))],
    ['that has expired', (claims) => signed({ ...claims, exp: ago(31) })],
    ['that never expires', (claims) => signed({ ...claims, exp: undefined })],
    ['with an expiry in words', (claims) => signed({ ...claims, exp: 'tomorrow' })],
    ['of another issuer', (claims) => signed({ ...claims, iss: 'https://evil.example.com' })],
    ['of no issuer', (claims) => signed({ ...claims, iss: undefined })],
    ['for another audience', (claims) => signed({ ...claims, aud: 'https://evil.example.com' })],
    ['for no audience', (claims) => signed({ ...claims, aud: undefined })],
    ['of another user', (claims) => signed({ ...claims, sub: '2147483647' })],
    ['of a user that is no number', (claims) => signed({ ...claims, sub: 'ada' })],
    ['of a user beyond int4', (claims) => signed({ ...claims, sub: '99999999999' })],
    ['of no session', (claims) => signed({ ...claims, sid: undefined })],
    ['of a session that is no UUID', (claims) => signed({ ...claims, sid: `' OR 1=1 --` })],
    ['of a session that is an object', (claims) => signed({ ...claims, sid: { not: null } })],
    ['with claims that were changed', (claims) => withClaims(signed(claims), { ...claims, sub: '1' })],
  ];
  const stranger = 'somebody else, 32 bytes long too';
  const signed = (claims: Record<string, unknown>) => forge(header, claims, hmac(keyOf(newSecret)));
  const withClaims = (token: string, claims: Record<string, unknown>) =>
    [forge(header, claims, () => '').slice(0, -1), token.split('.')[2]].join('.');

  it.each(forgers)('%s is refused', async (_, forger) => {
    const { token } = await newSession();
    const { body } = await currentUser(`Authentication=${forger(claimsOf(token))}`).expect(401);
    expect(body.status).toBe(401);
  });

  it.each(['', 'x', '..', 'a.b.c', 'j:{"a":1}', '%00.%00.%00', '%', 'e30.e30.e30', 'x'.repeat(100)])(
    'that is no JWT is refused: "%s"',
    async (text) => {
      await currentUser(`Authentication=${text}`).expect(401);
    },
  );

  it('in an Authorization header is not a session: only the cookie is', async () => {
    const { token } = await newSession();
    await api.request.get('/authentication').set('Authorization', `Bearer ${token}`).expect(401);
  });
});

describe('an admin', () => {
  it('changes and deletes what others made', async () => {
    const author = await createUser(api);
    const admin = await newSession();
    const { body } = await author.agent.post('/posts').send({ title: 'Mine', content: 'Text' }).expect(201);
    const path = `/posts/${String(body.id)}`;
    await api.request.patch(path).set('Cookie', admin.access).send({ title: 'Stolen' }).expect(403);
    await makeAdmin(api, admin);
    const { body: changed } = await api.request
      .patch(path)
      .set('Cookie', admin.access)
      .send({ title: 'Moderated' })
      .expect(200);
    expect(changed).toMatchObject({ title: 'Moderated', author: { id: author.id } });
    await api.request.delete(path).set('Cookie', admin.access).expect(204);
    await api.request.get(path).expect(404);
  });
});

describe.each([
  ['on the same site', 'https://app.example.com', 'Secure; SameSite=Lax', 'Secure; Partitioned; SameSite=None'],
  // The other kind is that of pages on the same site, which stay logged in.
  ['on another site', 'https://app.example.org', 'Secure; Partitioned; SameSite=None', undefined],
])('over https, for a frontend %s', (_, FRONTEND_URL, attributes, others) => {
  let secure: Api;
  beforeAll(async () => (secure = await startApi({ API_URL: 'https://api.example.com', FRONTEND_URL })));
  afterAll(() => secure.close());

  it('sets and clears cookies that this frontend gets back', async () => {
    const { email } = await createUser(secure);
    const post = (path: string) => secure.request.post(path).set('Origin', FRONTEND_URL);
    const loggedIn = await post('/authentication/log-in').send({ email, password }).expect(200);
    const cleared = (name: string) =>
      `${name}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; ${others ?? ''}`;
    const set = (name: string) =>
      expect.stringMatching(
        new RegExp(`^${name}=[^;]+; Max-Age=2592000; Path=/; Expires=[^;]+; HttpOnly; ${attributes}$`),
      );
    expect(setCookieLines(loggedIn)).toEqual([
      ...(others === undefined ? [] : [cleared('__Host-Authentication'), cleared('__Host-Refresh')]),
      set('__Host-Authentication'),
      set('__Host-Refresh'),
    ]);
    const { access, refresh } = cookiesOf(loggedIn);
    const loggedOut = await post('/authentication/log-out').set('Cookie', `${access}; ${refresh}`).expect(204);
    expect(setCookieLines(loggedOut).map(attributesOf)).toEqual(setCookieLines(loggedIn).map(attributesOf));
    await secure.request.get('/authentication').set('Cookie', access).expect(401);
  });
});

describe('a session that may not last as long as its refresh token', () => {
  let brief: Api;
  beforeAll(async () => (brief = await startApi({ SESSION_TTL: '1s' })));
  afterAll(() => brief.close());

  it('ends after SESSION_TTL all the same', async () => {
    const { session } = await createUser(brief);
    await delay(1_100);
    await brief.request.get('/authentication').set('Cookie', session.access).expect(401);
    await brief.request.post('/authentication/refresh').set('Cookie', session.refresh).expect(401);
  });
});
