import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exposedHeaders } from '../../src/cross-origin/cors-headers.js';
import { RouteTable } from '../../src/http/route-table.js';
import { startApi, type Api } from '../support/api.js';
import { notForScripts, safelisted } from '../support/response-headers.js';
import { createAdmin, password } from '../support/users.js';
import { FailuresController } from './support/failures.controller.js';
import { send, sendRaw, valuesOf, type Answer, type Sent } from './support/wire.js';

const frontend = 'https://app.example.com';
const json = { 'Content-Type': 'application/json' };
const price = { amount: 100, currency: 'EUR' };

let api: Api;
const emitted = new Map<string, string>();
const statuses = new Set<number>();

/** Notes every header, with the request that first brought it. */
async function note(what: string, answer: Promise<Answer>): Promise<Answer> {
  const { status, headers } = await answer;
  statuses.add(status);
  headers.forEach(([name]) => emitted.set(name, emitted.get(name) ?? what));
  return answer;
}
const collect = (sent: Sent) =>
  note(
    `${sent.method ?? 'GET'} ${sent.path ?? ''}`,
    send(api, { ...sent, headers: { Origin: frontend, ...sent.headers } }),
  );

/** Each route with each of its methods, and OPTIONS: by an admin, by nobody, with a body that is wrong. */
async function everyRoute(cookie: string): Promise<void> {
  for (const route of api.app.get(RouteTable).all()) {
    if (route.path === '/authentication/log-out') continue; // at the end
    const path = route.path.replace(/:\w+/g, '2147483647');
    for (const method of [...route.methods, 'OPTIONS', 'TRACE'])
      for (const headers of [{}, { Cookie: cookie }, { Cookie: cookie, ...json, 'Content-Length': 0 }])
        await collect({ method, path, headers });
    const preflight = { 'Access-Control-Request-Method': route.methods[0] };
    await collect({ method: 'OPTIONS', path, headers: preflight });
  }
}

async function everySuccess(cookie: string): Promise<void> {
  const headers = { ...json, Cookie: cookie };
  const rows: [string, object, object][] = [
    ['/categories', { name: 'Books' }, { name: 'Films' }],
    ['/posts', { title: 'A', content: 'B' }, { title: 'C' }],
    ['/products', { name: 'A', price }, { name: 'B' }],
    ['/origins', { origin: 'https://shop.example.com' }, {}],
  ];
  for (const [path, row, change] of rows) {
    const created = await collect({ method: 'POST', path, headers, body: JSON.stringify(row) });
    const { id } = JSON.parse(created.body) as { id: number };
    const location = `${path}/${id}`;
    for (const method of ['GET', 'HEAD']) await collect({ method, path: location, headers });
    await collect({ method: 'PATCH', path: location, headers, body: JSON.stringify(change) });
    await collect({ method: 'PUT', path: location, headers, body: JSON.stringify(row) });
    await collect({ method: 'DELETE', path: location, headers: { Cookie: cookie } });
  }
  for (const title of ['one', 'two'])
    await collect({ method: 'POST', path: '/posts', headers, body: JSON.stringify({ title, content: 'B' }) });
  const page = await collect({ path: '/posts?limit=1' });
  const [etag = ''] = valuesOf(page, 'etag');
  await collect({ path: '/posts?limit=1', headers: { 'If-None-Match': etag } });
}

async function everyFailure(cookie: string): Promise<void> {
  for (const path of ['limit', 'error', 'guard', 'forbidden', 'interceptor', 'middleware', 'nothing'])
    await collect({ path: `/failures/${path}` });
  const headers = { ...json, Cookie: cookie };
  await collect({ method: 'POST', path: '/posts', headers, body: '{' });
  await collect({ method: 'POST', path: '/posts', headers, body: `"${'x'.repeat(1_100_000)}"` });
  await collect({ method: 'POST', path: '/posts', headers: { Cookie: cookie }, body: '{}' });
  await collect({ path: '/posts', headers: { Accept: 'text/html' } });
  await collect({ path: '/posts', headers: { Cookie: 'a'.repeat(20_000) } });
  await note('nonsense', sendRaw(api, `GET nonsense\r\nOrigin: ${frontend}\r\n\r\n`));
}

beforeAll(async () => {
  const environment = { API_URL: 'https://api.example.com', FRONTEND_URL: frontend };
  api = await startApi(environment, [FailuresController]);
  const { email, session } = await createAdmin(api);
  const { cookie } = session;
  const pair = JSON.stringify({ email, password });
  await collect({ method: 'POST', path: '/authentication/log-in', headers: json, body: pair });
  await everyRoute(cookie);
  await everySuccess(cookie);
  await everyFailure(cookie);
  await collect({ path: '/docs/swagger-ui.css' });
  await collect({ method: 'POST', path: '/authentication/log-out', headers: { Cookie: cookie } });
});
afterAll(() => api.close());

describe('the headers of everything that the API answers', () => {
  it('were collected from answers of every kind', () => {
    const kinds = [200, 201, 204, 304, 400, 401, 403, 404, 405, 406, 413, 415, 429, 431, 500];
    expect(kinds.filter((status) => !statuses.has(status))).toEqual([]);
  });

  it('can be read by the scripts that may need them, or are of no use to one', () => {
    const known = [...exposedHeaders.map((name) => name.toLowerCase()), ...safelisted, ...notForScripts];
    expect([...emitted].filter(([name]) => !known.includes(name))).toEqual([]);
  });

  it('include each one that is exposed', () => {
    expect(exposedHeaders.filter((name) => !emitted.has(name.toLowerCase()))).toEqual([]);
  });

  it('are exposed by name: a star exposes nothing to a request with credentials', () => {
    expect(exposedHeaders).not.toContain('*');
    const needless = exposedHeaders.filter((name) => [...safelisted, ...notForScripts].includes(name.toLowerCase()));
    expect(needless).toEqual([]);
  });
});
