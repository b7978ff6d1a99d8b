import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Secrets } from '../src/config/secrets.js';
import { RouteTable } from '../src/http/route-table.js';
import { startApi, type Api } from './support/api.js';
import { tokenOf } from './support/cookies.js';
import { createItem, lists, validBody } from './support/feature.js';
import { claimsOf, forge, headerOf, hmac } from './support/tokens.js';
import { createAdmin, createUser, logIn, password, type User } from './support/users.js';

const roles = [
  'anybody without a session',
  'a stranger',
  'the owner',
  'an admin',
  'the owner, whose account was deleted',
  'the owner, whose session has ended',
  'the owner, whose access token has expired',
  'somebody who forged the tokens of the owner',
  'the owner, with a token that can read',
  'the owner, with a token that can write',
  'an admin, with a token that can write',
  'the owner, with a token that was revoked',
] as const;
type Role = (typeof roles)[number];

/** One for each role: a row with too few or too many does not compile. */
type Statuses = NumberForEach<typeof roles>;
type NumberForEach<Names extends readonly string[]> = { [Index in keyof Names]: number };

/** The status of a valid request on rows of the owner, in the order of `roles`. A GET stands for its HEAD as well. */
const table: Record<string, Statuses> = {
  'GET /': [302, 302, 302, 302, 302, 302, 302, 302, 302, 302, 302, 302],
  'GET /docs': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /docs/': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /docs/LICENSE': [404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404], // of the files of Swagger UI: not served
  'GET /docs/index.html': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /docs/swagger-ui-init.js': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /docs/docs/swagger-ui-init.js': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /openapi.json': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],

  'GET /health/live': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /health/ready': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],

  'POST /authentication/register': [201, 201, 201, 201, 201, 201, 201, 201, 201, 201, 201, 201],
  'POST /authentication/log-in': [200, 200, 200, 200, 401, 200, 200, 200, 200, 200, 200, 200],
  'POST /authentication/refresh': [401, 204, 204, 204, 401, 401, 204, 401, 401, 401, 401, 401],
  'POST /authentication/log-out': [204, 204, 204, 204, 204, 204, 204, 204, 204, 204, 204, 204],
  'GET /authentication': [401, 200, 200, 200, 401, 401, 401, 401, 200, 200, 200, 401],
  'PATCH /authentication': [401, 200, 200, 200, 401, 401, 401, 401, 403, 403, 403, 401],
  'DELETE /authentication': [401, 204, 204, 204, 401, 401, 401, 401, 403, 403, 403, 401],
  'PATCH /authentication/password': [401, 204, 204, 204, 401, 401, 401, 401, 403, 403, 403, 401],
  'POST /authentication/password-reset': [204, 204, 204, 204, 204, 204, 204, 204, 204, 204, 204, 204],
  'POST /authentication/password-reset/confirmation': [204, 204, 204, 204, 400, 204, 204, 204, 204, 204, 204, 204],
  'POST /authentication/email-confirmation': [401, 204, 204, 204, 401, 401, 401, 401, 403, 403, 403, 401],
  'POST /authentication/email-confirmation/confirmation': [204, 204, 204, 204, 400, 204, 204, 204, 204, 204, 204, 204],
  'GET /authentication/sessions': [401, 200, 200, 200, 401, 401, 401, 401, 403, 403, 403, 401],
  'DELETE /authentication/sessions': [401, 204, 204, 204, 401, 401, 401, 401, 403, 403, 403, 401],
  'DELETE /authentication/sessions/:id': [401, 404, 204, 404, 401, 401, 401, 401, 403, 403, 403, 401],
  'GET /authentication/tokens': [401, 200, 200, 200, 401, 401, 401, 401, 403, 403, 403, 401],
  'POST /authentication/tokens': [401, 201, 201, 201, 401, 401, 401, 401, 403, 403, 403, 401],
  'DELETE /authentication/tokens/:id': [401, 404, 204, 404, 401, 401, 401, 401, 403, 403, 403, 401],

  'GET /posts': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /posts/:id': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'POST /posts': [401, 201, 201, 201, 401, 401, 401, 401, 403, 201, 201, 401],
  'PATCH /posts/:id': [401, 403, 200, 200, 401, 401, 401, 401, 403, 200, 200, 401],
  'PUT /posts/:id': [401, 403, 200, 200, 401, 401, 401, 401, 403, 200, 200, 401],
  'DELETE /posts/:id': [401, 403, 204, 204, 401, 401, 401, 401, 403, 204, 204, 401],

  'GET /categories': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /categories/:id': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'POST /categories': [401, 201, 201, 201, 401, 401, 401, 401, 403, 201, 201, 401],
  'PATCH /categories/:id': [401, 403, 200, 200, 401, 401, 401, 401, 403, 200, 200, 401],
  'DELETE /categories/:id': [401, 403, 204, 204, 401, 401, 401, 401, 403, 204, 204, 401],

  'GET /products': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'GET /products/:id': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  'POST /products': [401, 201, 201, 201, 401, 401, 401, 401, 403, 201, 201, 401],
  'PATCH /products/:id': [401, 403, 200, 200, 401, 401, 401, 401, 403, 200, 200, 401],
  'PUT /products/:id': [401, 403, 200, 200, 401, 401, 401, 401, 403, 200, 200, 401],
  'DELETE /products/:id': [401, 403, 204, 204, 401, 401, 401, 401, 403, 204, 204, 401],

  'GET /origins': [401, 403, 403, 200, 401, 401, 401, 401, 403, 403, 200, 401],
  'POST /origins': [401, 403, 403, 201, 401, 401, 401, 401, 403, 403, 201, 401],
  'DELETE /origins/:id': [401, 403, 403, 204, 401, 401, 401, 401, 403, 403, 204, 401],
};

let api: Api;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

let counter = 0;
const next = () => (counter += 1);

/** The access token of a session with other claims or another signature: everything else about it is right. */
function signAnew(
  { access }: User['session'],
  claims: object,
  key = api.app.get(Secrets).derive('access token'),
): string {
  const token = tokenOf(access);
  return `Authentication=${forge(headerOf(token), { ...claimsOf(token), ...claims }, hmac(key))}`;
}

const createToken = async ({ agent }: User, access: 'read' | 'write') => {
  const { body } = await agent.post('/authentication/tokens').send({ name: 'A script', access }).expect(201);
  return body as { id: number; token: string };
};

/** Becomes that role, after the owner made the rows. @returns its cookies, or `Bearer` and its token */
const become: Record<Role, (owner: User) => Promise<string>> = {
  'anybody without a session': () => Promise.resolve(''),
  'a stranger': async () => (await createUser(api)).session.cookie,
  'the owner': ({ session }) => Promise.resolve(session.cookie),
  'an admin': async () => {
    const { session } = await createAdmin(api);
    return session.cookie;
  },
  'the owner, whose account was deleted': async ({ session: { cookie } }) => {
    await send('DELETE', '/authentication', cookie, { password }).expect(204);
    return cookie;
  },
  'the owner, whose session has ended': async ({ session: { cookie } }) => {
    await send('POST', '/authentication/log-out', cookie).expect(204);
    return cookie;
  },
  'the owner, whose access token has expired': ({ session }) => {
    const exp = Math.floor(Date.now() / 1_000) - 60;
    return Promise.resolve(`${signAnew(session, { exp })}; ${session.refresh}`);
  },
  'somebody who forged the tokens of the owner': ({ session }) => {
    const refresh = `Refresh=${randomUUID()}.${randomBytes(32).toString('base64url')}`;
    return Promise.resolve(`${signAnew(session, {}, randomBytes(32))}; ${refresh}`);
  },
  'the owner, with a token that can read': async (owner) => `Bearer ${(await createToken(owner, 'read')).token}`,
  'the owner, with a token that can write': async (owner) => `Bearer ${(await createToken(owner, 'write')).token}`,
  'an admin, with a token that can write': async () => {
    const admin = await createAdmin(api);
    return `Bearer ${(await createToken(admin, 'write')).token}`;
  },
  'the owner, with a token that was revoked': async (owner) => {
    const { id, token } = await createToken(owner, 'write');
    await owner.agent.delete(`/authentication/tokens/${String(id)}`).expect(204);
    return `Bearer ${token}`;
  },
};

interface Valid {
  id?: number | string;
  body?: object;
}

async function newOrigin({ id }: User): Promise<number> {
  const [row] = await api.dataSource.query<{ id: number }[]>(
    'INSERT INTO origins (origin, "creatorId") VALUES ($1, $2) RETURNING id',
    [`http://localhost:${String(20_000 + next())}`, id],
  );
  return row?.id ?? 0;
}

const newSession = async ({ email }: User) => (await logIn(api, email)).id;

const newToken = (purpose: string) => async (owner: User) => {
  const token = randomBytes(32);
  await api.dataSource.query(
    `INSERT INTO mail_tokens (hash, purpose, email, "userId", "expiresAt") VALUES ($1, $2, $3, $4, now() + interval '1 h')
     ON CONFLICT ("userId", purpose) DO UPDATE SET hash = excluded.hash, email = excluded.email`,
    [createHash('sha256').update(token).digest(), purpose, owner.email, owner.id],
  );
  return token.toString('base64url');
};

type Preparation = (owner: User) => Promise<Valid> | Valid;

/** The routes of a list of items that have an author or a creator. */
function preparationsOf(list: string): Record<string, Preparation> {
  const item = async (owner: User) => ({ id: (await createItem(owner, list)).id });
  const body = async (owner: User) => ({ body: await validBody(owner, list) });
  const change = async (owner: User) => ({ ...(await item(owner)), ...(await body(owner)) });
  return {
    [`GET /${list}/:id`]: item,
    [`POST /${list}`]: body,
    [`PATCH /${list}/:id`]: change,
    ...(`PUT /${list}/:id` in table && { [`PUT /${list}/:id`]: change }),
    [`DELETE /${list}/:id`]: item,
  };
}

/** What makes a request valid, for the routes that need an id or a body. */
const valid: Record<string, Preparation> = {
  ...Object.assign({}, ...lists.map(preparationsOf)),
  'POST /authentication/register': () => ({
    body: { email: `new-${String(next())}@example.com`, name: 'New', password },
  }),
  'POST /authentication/log-in': ({ email }) => ({ body: { email, password } }),
  'PATCH /authentication': () => ({ body: { email: `changed-${String(next())}@example.com`, password } }),
  'DELETE /authentication': () => ({ body: { password } }),
  'PATCH /authentication/password': () => ({
    body: { currentPassword: password, newPassword: 'staple battery horse' },
  }),
  'POST /authentication/password-reset': ({ email }) => ({ body: { email } }),
  'POST /authentication/password-reset/confirmation': async (owner) => ({
    body: { token: await newToken('password-reset')(owner), password: 'staple battery horse' },
  }),
  'POST /authentication/email-confirmation/confirmation': async (owner) => ({
    body: { token: await newToken('email-confirmation')(owner) },
  }),
  'DELETE /authentication/sessions/:id': async (owner) => ({ id: await newSession(owner) }),
  'POST /authentication/tokens': () => ({ body: { name: 'A script', access: 'write' } }),
  'DELETE /authentication/tokens/:id': async (owner) => ({ id: (await createToken(owner, 'read')).id }),
  'POST /origins': () => ({ body: { origin: `http://localhost:${String(20_000 + next())}` } }),
  'DELETE /origins/:id': async (owner) => ({ id: await newOrigin(owner) }),
};

/** @param credentials cookies, or `Bearer` and a token */
function send(method: string, path: string, credentials: string, body?: object) {
  const name = credentials.startsWith('Bearer ') ? 'Authorization' : 'Cookie';
  const request = api.request[method.toLowerCase() as 'get'](path).set(name, credentials);
  return body === undefined ? request : request.send(body);
}

const textOf = (table: string) =>
  table === 'personal_access_tokens' ? `(to_jsonb(t) - 'lastUsedAt')::text` : 't::text';

/** Everything the database holds, as one hash for each table; but when a token was used last, which reading changes. */
async function state() {
  const tables = await api.dataSource.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  const hashes = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, md5(string_agg(text, '' ORDER BY text)) FROM (SELECT ${textOf(name)} AS text FROM ${name} t) rows`,
  );
  return api.dataSource.query<unknown[]>(hashes.join(' UNION ALL '));
}

describe('the matrix of routes and roles', () => {
  it('has a row for every route of the router, and none for a route that is gone', () => {
    const served = api.app
      .get(RouteTable)
      .all()
      .flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`))
      .filter((route) => !route.startsWith('HEAD '));
    expect(served.sort()).toEqual(Object.keys(table).sort());
    expect(Object.keys(table)).toEqual(expect.arrayContaining(Object.keys(valid)));
  });

  it('signs tokens that are accepted unless they are expired or forged', async () => {
    const { id, session } = await createUser(api);
    const exp = Math.floor(Date.now() / 1_000) + 60;
    const { body } = await send('GET', '/authentication', signAnew(session, { exp })).expect(200);
    expect(body.id).toBe(id);
  });
});

/** Reading changes nothing, so whoever reads lists and pages is made once. */
const readers = new Map<Role, string>();

async function reader(role: Role): Promise<string> {
  const cookies = readers.get(role) ?? (await become[role](await createUser(api)));
  readers.set(role, cookies);
  return cookies;
}

/** A valid request on fresh rows of a fresh owner, as that role. */
async function prepare(route: string, role: Role) {
  const [method = '', path = ''] = route.split(' ');
  if (method === 'GET' && valid[route] === undefined) return { method, path, cookies: await reader(role) };
  const owner = await createUser(api);
  const { id = '', body } = (await valid[route]?.(owner)) ?? {};
  return { method, path: path.replace(':id', String(id)), body, cookies: await become[role](owner) };
}

describe.each(Object.entries(table))('%s', (route, statuses) => {
  const cells = statuses.map((status, index) => [status, roles[index] ?? 'an admin'] as const);

  it.each(cells)('answers %i to %s', async (status, role) => {
    const { method, path, cookies, body } = await prepare(route, role);
    const before = await state();
    await send(method, path, cookies, body).expect(status);
    if (method === 'GET') await send('HEAD', path, cookies).expect(status);
    if (method === 'GET' || status >= 400) expect(await state()).toEqual(before);
  });
});
