import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { allowed, allowedByPattern, foreign, site } from './cross-origin/support/origins.js';
import { send, sendRaw, type Answer, type Sent } from './cross-origin/support/wire.js';
import { startApi, type Api } from './support/api.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { ApiProcess } from './support/process.js';

let database: TestDatabase;
let instance: ApiProcess;
let api: Api;
beforeAll(async () => {
  database = await createTestDatabase();
  instance = await ApiProcess.start({ ...site, ...database.environment });
  api = await startApi(site);
});
afterAll(async () => {
  await instance.end('SIGTERM');
  await database.drop();
  await api.close();
});

const json = { 'Content-Type': 'application/json' };
const preflight = (origin: string, method = 'POST'): Sent => ({
  method: 'OPTIONS',
  path: '/posts',
  headers: {
    Origin: origin,
    'Access-Control-Request-Method': method,
    'Access-Control-Request-Headers': 'content-type',
  },
});
const post = (headers: Sent['headers'], body: string): Sent => ({ method: 'POST', path: '/posts', headers, body });

/** What differs from one response to the next. */
const individual = ['date', 'x-request-id'];

function comparable({ status, headers, body }: Answer) {
  const common = headers.map(([name, value]) => [name, individual.includes(name) ? '*' : value]);
  return { status, headers: common, body: body.replace(/"requestId":"[^"]+"/, '"requestId":"*"') };
}

async function expectSame(status: number, request: (door: { port: number }) => Promise<Answer>): Promise<void> {
  const answers = await Promise.all([{ port: Number(new URL(instance.url).port) }, api].map(request));
  const [fromInstance, fromTests] = answers.map(comparable);
  expect(fromTests).toEqual(fromInstance);
  expect(fromTests?.status).toBe(status);
}

/** `test/support/api.ts` repeats what `src/main.ts` does: here the two are compared. */
it.each<[name: string, status: number, sent: Sent]>([
  ['an allowed preflight', 204, preflight(allowed)],
  ['a preflight of an origin that is not allowed', 403, preflight(foreign)],
  ['a preflight for a method that the path does not have', 403, preflight(allowed, 'DELETE')],
  ['a request of an allowed origin', 200, { path: '/posts', headers: { Origin: allowed } }],
  ['a request of an origin that fits a pattern', 200, { path: '/posts', headers: { Origin: allowedByPattern } }],
  ['a request of an origin that is not allowed', 200, { path: '/posts', headers: { Origin: foreign } }],
  ['a request without an origin', 200, { path: '/posts' }],
  ['a request that any origin may send', 200, { path: '/health/live', headers: { Origin: foreign } }],
  ['a cross-site POST', 403, post({ ...json, Origin: foreign, 'Sec-Fetch-Site': 'cross-site' }, '{}')],
  ['a POST without a session', 401, post({ ...json, Origin: allowed }, '{"title":"Hello","content":"World"}')],
  ['a path that does not exist', 404, { path: '/nowhere', headers: { Origin: allowed } }],
  ['a method that the path does not have', 405, { method: 'DELETE', path: '/posts' }],
  ['a client that accepts no JSON', 406, { path: '/posts', headers: { Accept: 'text/html' } }],
  ['a body that is too large', 413, post(json, `"${'x'.repeat(1_100_000)}"`)],
  ['a body that is not JSON', 415, post({ 'Content-Type': 'text/plain' }, 'Hello')],
  ['headers that are too large', 431, { path: '/posts', headers: { Cookie: `a=${'x'.repeat(20_000)}` } }],
  ['OPTIONS', 204, { method: 'OPTIONS', path: '/posts/1' }],
  ['the root', 302, { path: '/' }],
  ['the documentation', 200, { path: '/docs' }],
])('responds to %s as the application of the tests does: %i', (_, status, sent) =>
  expectSame(status, (door) => send(door, sent)),
);

it('responds to what is not HTTP as the application of the tests does', () =>
  expectSame(400, (door) => sendRaw(door, `GET nonsense\r\nOrigin: ${allowed}\r\n\r\n`)));
