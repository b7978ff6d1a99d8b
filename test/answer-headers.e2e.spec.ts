import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { startApi, type Api } from './support/api.js';
import { createAdmin, createUser, password } from './support/users.js';
import { problem, send, valuesOf, type Sent } from './cross-origin/support/wire.js';
import { RouteTable } from '../src/http/route-table.js';

let api: Api;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

const json = { 'Content-Type': 'application/json' };
const concrete = (path: string) => path.replaceAll(/:\w+/g, '1').replaceAll(/\{?\/?\*\w+\}?/g, '/x');

describe('a 401', () => {
  const credentials = JSON.stringify({ email: 'nobody@example.com', password });
  const requests: [name: string, sent: Sent][] = [
    ['without a session', { path: '/authentication' }],
    ['with a token of somebody else', { path: '/authentication', headers: { Cookie: 'Authentication=a.b.c' } }],
    ['at log-in', { method: 'POST', path: '/authentication/log-in', headers: json, body: credentials }],
    ['at refresh', { method: 'POST', path: '/authentication/refresh', headers: { 'Content-Length': 0 } }],
  ];

  it.each(requests)('%s has a challenge, of a scheme that opens no dialog', async (_, sent) => {
    const answer = await send(api, sent);
    expect(answer.status).toBe(401);
    expect(valuesOf(answer, 'www-authenticate')).toEqual(['Cookie realm="api", form-action="/authentication/log-in"']);
  });

  it('alone has one', async () => {
    for (const path of ['/posts', '/nowhere', '/posts/abc'])
      expect(valuesOf(await send(api, { path }), 'www-authenticate')).toEqual([]);
  });
});

describe('a path with PATCH', () => {
  const patched = () =>
    api.app
      .get(RouteTable)
      .all()
      .filter(({ methods }) => methods.includes('PATCH'));

  it('says with OPTIONS and with a 415 what it accepts, and other paths and methods say it in Accept', async () => {
    const { session } = await createUser(api);
    const headers = { Cookie: session.cookie, 'Content-Type': 'text/plain' };
    expect(patched().length).toBeGreaterThan(3);
    for (const path of patched().map((route) => concrete(route.path))) {
      const options = await send(api, { method: 'OPTIONS', path });
      const refused = await send(api, { method: 'PATCH', path, headers, body: 'x' });
      expect([path, refused.status, valuesOf(refused, 'accept')]).toEqual([path, 415, []]);
      for (const answer of [options, refused])
        expect([path, valuesOf(answer, 'accept-patch')]).toEqual([path, ['application/json']]);
    }
    const posted = await send(api, { method: 'POST', path: '/posts', headers, body: 'x' });
    expect([posted.status, valuesOf(posted, 'accept'), valuesOf(posted, 'accept-patch')]).toEqual([
      ...[415, ['application/json'], []],
    ]);
    expect(valuesOf(await send(api, { method: 'OPTIONS', path: '/health/live' }), 'accept-patch')).toEqual([]);
  });
});

describe('a preflight that is allowed', () => {
  it('is a 204 without Content-Length (RFC 9110, section 8.6)', async () => {
    const headers = { Origin: 'http://localhost:5173', 'Access-Control-Request-Method': 'POST' };
    const answer = await send(api, { method: 'OPTIONS', path: '/posts', headers });
    expect([answer.status, valuesOf(answer, 'content-length'), answer.body]).toEqual([204, [], '']);
  });
});

describe('what is about one user', () => {
  it('is kept by no cache: the origins of admins, sessions and accounts', async () => {
    const { session, agent } = await createAdmin(api);
    for (const path of ['/origins', '/authentication', '/authentication/sessions']) {
      const answer = await send(api, { path, headers: { Cookie: session.cookie } });
      expect([path, answer.status, valuesOf(answer, 'cache-control')]).toEqual([path, 200, ['private, no-store']]);
    }
    const { headers } = await agent.post('/origins').send({ origin: 'http://localhost:4300' }).expect(201);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers.location).toMatch(/^\/origins\/\d+$/);
    await agent.delete(headers.location ?? '').expect(204);
  });
});

describe('an empty Sec-Fetch-Site', () => {
  const logOut = (headers: Record<string, string>) =>
    send(api, { method: 'POST', path: '/authentication/log-out', headers: { 'Content-Length': '0', ...headers } });

  it('counts as none, as in Go: the Origin decides', async () => {
    expect((await logOut({ 'Sec-Fetch-Site': '' })).status).toBe(204);
    expect((await logOut({ 'Sec-Fetch-Site': '', Origin: 'http://localhost:5173' })).status).toBe(204);
    expect((await logOut({ 'Sec-Fetch-Site': '', Origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('below /docs', () => {
  const packaged = readdirSync(dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')));

  it('are the files that the page needs, and no other of the package of Swagger UI', async () => {
    expect(packaged).toEqual(expect.arrayContaining(['package.json', 'README.md', 'swagger-ui-bundle.js.map']));
    const served: string[] = [];
    for (const name of [...packaged, 'LICENSE', 'NOTICE', '../package.json', '%2e%2e/package.json', 'x'])
      if ((await send(api, { path: `/docs/${name}` })).status === 200) served.push(name);
    expect(served.sort()).toEqual([
      ...['favicon-16x16.png', 'favicon-32x32.png', 'index.css', 'index.html', 'swagger-ui-bundle.js'],
      ...['swagger-ui-standalone-preset.js', 'swagger-ui.css'],
    ]);
    const refused = await send(api, { path: '/docs/package.json' });
    expect([refused.status, problem(refused).status]).toEqual([404, 404]);
  });
});

describe('a long URL', () => {
  it('of 8,192 characters is served, a longer one is a 414, and neither is repeated in the answer', async () => {
    const url = (length: number) => '/posts?search='.padEnd(length, '%20');
    expect((await send(api, { path: url(8_192) })).status).not.toBe(414);
    const answer = await send(api, { path: `/${'p'.repeat(100_000)}` });
    expect(answer.status).toBe(414);
    expect(answer.body.length).toBeLessThan(1_000);
    expect(JSON.stringify(answer.headers).length).toBeLessThan(3_000);
  });
});
