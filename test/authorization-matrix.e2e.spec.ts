import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Secrets } from '../src/config/secrets.js';
import { RouteTable } from '../src/http/route-table.js';
import { startApi, type Api } from './support/api.js';
import { password } from './support/people.js';
import { claimsOf, forge, headerOf, hmac } from './support/tokens.js';

const roles = [
  'anybody without a session',
  'a stranger',
  'the owner',
  'an admin',
  'the owner, whose account was deleted',
  'the owner, whose session has ended',
  'the owner, whose access token has expired',
  'somebody who forged the tokens of the owner',
] as const;
type Role = (typeof roles)[number];

/** The status of a valid request on rows of the owner, in the order of `roles`. A GET stands for its HEAD as well. */
const table: Record<string, readonly number[]> = {
  'GET /docs': [200, 200, 200, 200, 200, 200, 200, 200],
  'GET /docs/': [200, 200, 200, 200, 200, 200, 200, 200],
  'GET /docs/LICENSE': [404, 404, 404, 404, 404, 404, 404, 404], // of the files of Swagger UI: not served
  'GET /docs/index.html': [200, 200, 200, 200, 200, 200, 200, 200],
  'GET /docs/swagger-ui-init.js': [200, 200, 200, 200, 200, 200, 200, 200],
  'GET /docs/docs/swagger-ui-init.js': [200, 200, 200, 200, 200, 200, 200, 200],
  'GET /openapi.json': [200, 200, 200, 200, 200, 200, 200, 200],

  'GET /health/live': [200, 200, 200, 200, 200, 200, 200, 200],
  'GET /health/ready': [200, 200, 200, 200, 200, 200, 200, 200],

  'POST /authentication/register': [201, 201, 201, 201, 201, 201, 201, 201],
  'POST /authentication/log-in': [200, 200, 200, 200, 401, 200, 200, 200],
  'POST /authentication/refresh': [401, 204, 204, 204, 401, 401, 204, 401],
  'POST /authentication/log-out': [204, 204, 204, 204, 204, 204, 204, 204],
  'GET /authentication': [401, 200, 200, 200, 401, 401, 401, 401],
  'PATCH /authentication': [401, 200, 200, 200, 401, 401, 401, 401],
  'DELETE /authentication': [401, 204, 204, 204, 401, 401, 401, 401],
  'PATCH /authentication/password': [401, 204, 204, 204, 401, 401, 401, 401],
  'POST /authentication/password-reset': [204, 204, 204, 204, 204, 204, 204, 204],
  'POST /authentication/password-reset/confirmation': [204, 204, 204, 204, 400, 204, 204, 204],
  'POST /authentication/email-confirmation': [401, 204, 204, 204, 401, 401, 401, 401],
  'POST /authentication/email-confirmation/confirmation': [204, 204, 204, 204, 400, 204, 204, 204],
  'GET /authentication/sessions': [401, 200, 200, 200, 401, 401, 401, 401],
  'DELETE /authentication/sessions': [401, 204, 204, 204, 401, 401, 401, 401],
  'DELETE /authentication/sessions/:id': [401, 404, 204, 404, 401, 401, 401, 401],

  'GET /posts': [200, 200, 200, 200, 200, 200, 200, 200],
  'GET /posts/:id': [200, 200, 200, 200, 200, 200, 200, 200],
  'POST /posts': [401, 201, 201, 201, 401, 401, 401, 401],
  'PATCH /posts/:id': [401, 403, 200, 200, 401, 401, 401, 401],
  'PUT /posts/:id': [401, 403, 200, 200, 401, 401, 401, 401],
  'DELETE /posts/:id': [401, 403, 204, 204, 401, 401, 401, 401],

  'GET /categories': [200, 200, 200, 200, 200, 200, 200, 200],
  'GET /categories/:id': [200, 200, 200, 200, 200, 200, 200, 200],
  'POST /categories': [401, 201, 201, 201, 401, 401, 401, 401],
  'PATCH /categories/:id': [401, 403, 200, 200, 401, 401, 401, 401],
  'DELETE /categories/:id': [401, 403, 204, 204, 401, 401, 401, 401],

  'GET /products': [200, 200, 200, 200, 200, 200, 200, 200],
  'GET /products/:id': [200, 200, 200, 200, 200, 200, 200, 200],
  'POST /products': [401, 201, 201, 201, 401, 401, 401, 401],
  'PATCH /products/:id': [401, 403, 200, 200, 401, 401, 401, 401],
  'PUT /products/:id': [401, 403, 200, 200, 401, 401, 401, 401],
  'DELETE /products/:id': [401, 403, 204, 204, 401, 401, 401, 401],

  'GET /origins': [401, 403, 403, 200, 401, 401, 401, 401],
  'POST /origins': [401, 403, 403, 201, 401, 401, 401, 401],
  'DELETE /origins/:id': [401, 403, 403, 204, 401, 401, 401, 401],
};

let api: Api;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

let counter = 0;
const next = () => (counter += 1);

interface Person {
  id: number;
  email: string;
  access: string;
  refresh: string;
}

async function newPerson(): Promise<Person> {
  const email = `person-${String(next())}@example.com`;
  const { body } = await api.request.post('/authentication/register').send({ email, name: 'Ada', password });
  return { id: Number(body.id), email, ...(await logIn(email)) };
}

async function logIn(email: string): Promise<Pick<Person, 'access' | 'refresh'>> {
  const { headers } = await api.request.post('/authentication/log-in').send({ email, password }).expect(200);
  const [access = '', refresh = ''] = (headers['set-cookie'] as unknown as string[]).map(
    (cookie) => /=([^;]*)/.exec(cookie)?.[1] ?? '',
  );
  return { access, refresh };
}

const cookie = ({ access, refresh }: Pick<Person, 'access' | 'refresh'>) =>
  `Authentication=${access}; Refresh=${refresh}`;

/** The same token with other claims or another signature: everything else about it is right. */
function signAnew({ access }: Person, claims: object, key = api.app.get(Secrets).derive('access token')): string {
  return forge(headerOf(access), { ...claimsOf(access), ...claims }, hmac(key));
}

/** Becomes that role, after the owner made the rows. @returns its cookies */
const become: Record<Role, (owner: Person) => Promise<string>> = {
  'anybody without a session': () => Promise.resolve(''),
  'a stranger': async () => cookie(await newPerson()),
  'the owner': (owner) => Promise.resolve(cookie(owner)),
  'an admin': async () => {
    const admin = await newPerson();
    await api.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    return cookie(admin);
  },
  'the owner, whose account was deleted': async (owner) => {
    await send('DELETE', '/authentication', cookie(owner), { password }).expect(204);
    return cookie(owner);
  },
  'the owner, whose session has ended': async (owner) => {
    await send('POST', '/authentication/log-out', cookie(owner)).expect(204);
    return cookie(owner);
  },
  'the owner, whose access token has expired': (owner) => {
    const exp = Math.floor(Date.now() / 1_000) - 60;
    return Promise.resolve(cookie({ ...owner, access: signAnew(owner, { exp }) }));
  },
  'somebody who forged the tokens of the owner': (owner) => {
    const refresh = `${randomUUID()}.${randomBytes(32).toString('base64url')}`;
    return Promise.resolve(cookie({ refresh, access: signAnew(owner, {}, randomBytes(32)) }));
  },
};

interface Valid {
  id?: number | string;
  body?: object;
}

const post = { title: 'Title', content: 'Content' };
const product = { name: 'Product', price: { amount: 100, currency: 'EUR' } };
const category = () => ({ name: `Category ${String(next())}` });

const make = (path: string, body: () => object) => async (owner: Person) => {
  const { body: made } = await send('POST', path, cookie(owner), body()).expect(201);
  return Number(made.id);
};
const newPost = make('/posts', () => post);
const newProduct = make('/products', () => product);
const newCategory = make('/categories', category);

async function newOrigin({ id }: Person): Promise<number> {
  const [row] = await api.dataSource.query<{ id: number }[]>(
    'INSERT INTO origins (origin, "creatorId") VALUES ($1, $2) RETURNING id',
    [`http://localhost:${String(20_000 + next())}`, id],
  );
  return row?.id ?? 0;
}

const newSession = async ({ email }: Person) => String(claimsOf((await logIn(email)).access).sid);

const newToken = (purpose: string) => async (owner: Person) => {
  const token = randomBytes(32);
  await api.dataSource.query(
    `INSERT INTO mail_tokens (hash, purpose, email, "userId", "expiresAt") VALUES ($1, $2, $3, $4, now() + interval '1 h')`,
    [createHash('sha256').update(token).digest(), purpose, owner.email, owner.id],
  );
  return token.toString('base64url');
};

/** What makes a request valid, for the routes that need an id or a body. */
const valid: Record<string, (owner: Person) => Promise<Valid> | Valid> = {
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
  'GET /posts/:id': async (owner) => ({ id: await newPost(owner) }),
  'POST /posts': () => ({ body: post }),
  'PATCH /posts/:id': async (owner) => ({ id: await newPost(owner), body: { title: 'Changed' } }),
  'PUT /posts/:id': async (owner) => ({ id: await newPost(owner), body: { ...post, title: 'Replaced' } }),
  'DELETE /posts/:id': async (owner) => ({ id: await newPost(owner) }),
  'GET /categories/:id': async (owner) => ({ id: await newCategory(owner) }),
  'POST /categories': () => ({ body: category() }),
  'PATCH /categories/:id': async (owner) => ({ id: await newCategory(owner), body: category() }),
  'DELETE /categories/:id': async (owner) => ({ id: await newCategory(owner) }),
  'GET /products/:id': async (owner) => ({ id: await newProduct(owner) }),
  'POST /products': () => ({ body: product }),
  'PATCH /products/:id': async (owner) => ({ id: await newProduct(owner), body: { name: 'Changed' } }),
  'PUT /products/:id': async (owner) => ({ id: await newProduct(owner), body: { ...product, name: 'Replaced' } }),
  'DELETE /products/:id': async (owner) => ({ id: await newProduct(owner) }),
  'POST /origins': () => ({ body: { origin: `http://localhost:${String(20_000 + next())}` } }),
  'DELETE /origins/:id': async (owner) => ({ id: await newOrigin(owner) }),
};

function send(method: string, path: string, cookies: string, body?: object) {
  const request = api.request[method.toLowerCase() as 'get'](path).set('Cookie', cookies);
  return body === undefined ? request : request.send(body);
}

/** Everything the database holds, as one hash for each table. */
async function state() {
  const tables = ['users', 'sessions', 'mail_tokens', 'posts', 'categories', 'products', 'origins'];
  const hashes = tables.map(
    (name) => `SELECT '${name}' AS name, md5(string_agg(row::text, '' ORDER BY row::text)) FROM ${name} row`,
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

  it('has a status for every role', () => {
    expect(new Set(Object.values(table).map(({ length }) => length))).toEqual(new Set([roles.length]));
  });

  it('signs tokens that are accepted unless they are expired or forged', async () => {
    const owner = await newPerson();
    const exp = Math.floor(Date.now() / 1_000) + 60;
    const { body } = await send('GET', '/authentication', `Authentication=${signAnew(owner, { exp })}`).expect(200);
    expect(body.id).toBe(owner.id);
  });
});

/** Reading changes nothing, so whoever reads lists and pages is made once. */
const readers = new Map<Role, string>();

async function reader(role: Role): Promise<string> {
  const cookies = readers.get(role) ?? (await become[role](await newPerson()));
  readers.set(role, cookies);
  return cookies;
}

/** A valid request on fresh rows of a fresh owner, as that role. */
async function prepare(route: string, role: Role) {
  const [method = '', path = ''] = route.split(' ');
  if (method === 'GET' && valid[route] === undefined) return { method, path, cookies: await reader(role) };
  const owner = await newPerson();
  const { id = '', body } = (await valid[route]?.(owner)) ?? {};
  return { method, path: path.replace(':id', String(id)), body, cookies: await become[role](owner) };
}

describe.each(Object.entries(table))('%s', (route, statuses) => {
  const cells = roles.map((role, index) => [statuses[index] ?? 0, role] as const);

  it.each(cells)('answers %i to %s', async (status, role) => {
    const { method, path, cookies, body } = await prepare(route, role);
    const before = await state();
    await send(method, path, cookies, body).expect(status);
    if (method === 'GET') await send('HEAD', path, cookies).expect(status);
    if (method === 'GET' || status >= 400) expect(await state()).toEqual(before);
  });
});
