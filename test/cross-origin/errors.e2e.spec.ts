import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from '../support/api.js';
import { createUser } from '../support/users.js';
import { takeDatabaseAway } from './support/database-gone.js';
import { FailuresController } from './support/failures.controller.js';
import { expectReadable, expectUnreadable } from './support/readable.js';
import { problem, send, valuesOf, type Sent } from './support/wire.js';

const frontend = 'http://localhost:5173';
const foreign = 'https://evil.example';

let api: Api;
let cookie: string;
beforeAll(async () => {
  api = await startApi({}, [FailuresController]);
  ({ cookie } = (await createUser(api)).session);
});
afterAll(() => api.close());

const json = { 'Content-Type': 'application/json' };
const postAs = (body: string, headers = {}): Sent => ({
  method: 'POST',
  path: '/posts',
  body,
  headers: { ...json, Cookie: cookie, ...headers },
});

/** Sent from the page on `origin`, and seen by it. */
const from = (origin: string, sent: Sent) => send(api, { ...sent, headers: { ...sent.headers, Origin: origin } });

const errors: [status: number, cause: string, sent: () => Sent][] = [
  [400, 'JSON that is none', () => postAs('{"title":')],
  [400, 'fields that are wrong', () => postAs('{"title":1}')],
  [400, 'a query that is wrong', () => ({ path: '/posts?limit=0' })],
  [400, 'an id that is none', () => ({ path: '/posts/abc' })],
  [400, 'a path that cannot be decoded', () => ({ path: '/posts/%E0%A4%A' })],
  [401, 'no session', () => ({ path: '/authentication' })],
  [403, 'a guard that says no', () => ({ path: '/failures/forbidden' })],
  [404, 'a path that does not exist', () => ({ path: '/nothing' })],
  [404, 'a row that does not exist', () => ({ path: '/posts/2147483647' })],
  [405, 'a method that the path does not have', () => ({ method: 'PUT', path: '/posts' })],
  [406, 'a type that is not spoken here', () => ({ path: '/posts', headers: { Accept: 'text/html' } })],
  [409, 'a name that is taken', () => ({ ...postAs('{"name":"Taken"}'), path: '/categories' })],
  [413, 'a body that is too large', () => postAs(`{"title":"${'x'.repeat(1_100_000)}"}`)],
  [415, 'a body that is no JSON', () => postAs('hello', { 'Content-Type': 'text/plain' })],
  [415, 'a body in a strange encoding', () => postAs('{}', { 'Content-Encoding': 'zstd' })],
  [422, 'a category that does not exist', () => postAs('{"title":"A","content":"B","categoryIds":[2147483647]}')],
  [429, 'too many requests', () => ({ path: '/failures/limit' })],
  [431, 'a cookie that has grown too long', () => ({ path: '/posts', headers: { Cookie: `a=${'x'.repeat(20_000)}` } })],
  [500, 'a handler that throws', () => ({ path: '/failures/error' })],
  [500, 'a promise that is rejected with no error', () => ({ path: '/failures/rejection' })],
  [500, 'a guard that throws', () => ({ path: '/failures/guard' })],
  [500, 'an interceptor that throws', () => ({ path: '/failures/interceptor' })],
  [500, 'a middleware that throws', () => ({ path: '/failures/middleware' })],
  [500, 'a middleware that fails later', () => ({ method: 'POST', path: '/failures/promise' })],
];

describe('an error', () => {
  beforeAll(async () => {
    await send(api, { ...postAs('{"name":"Taken"}'), path: '/categories' });
  });

  it.each(errors)('%i for %s can be read by the frontend, and by nobody else', async (status, _, sent) => {
    const answer = await from(frontend, sent());
    expect(answer.status).toBe(status);
    expect(problem(answer)).toMatchObject({ status });
    expectReadable(answer, frontend);
    expectUnreadable(await from(foreign, sent()));
    expectUnreadable(await from('null', sent()));
  });

  it('says with 429 when to try again, in a header that the page can read', async () => {
    const answer = await from(frontend, { path: '/failures/limit' });
    expect(valuesOf(answer, 'retry-after')).toEqual(['30']);
    expect(valuesOf(answer, 'access-control-expose-headers').join()).toContain('Retry-After');
  });

  it('says with 403 to somebody else that the post is not theirs', async () => {
    const created = await from(frontend, postAs('{"title":"A","content":"B"}'));
    const [path = ''] = valuesOf(created, 'location');
    const { session: stranger } = await createUser(api, 'Eve');
    const answer = await from(frontend, { method: 'DELETE', path, headers: { Cookie: stranger.cookie } });
    expect(answer.status).toBe(403);
    expectReadable(answer, frontend);
    expect((await from(frontend, { path })).status).toBe(200);
  });

  it('tells nothing of what went wrong inside', async () => {
    const { body } = await from(frontend, { path: '/failures/error' });
    expect(body).not.toContain('secret');
  });

  it('503 while the database is gone can be read by the frontend, and preflights do not notice', async () => {
    const bringBack = await takeDatabaseAway(api);
    try {
      for (const path of ['/posts', '/health/ready']) {
        const answer = await from(frontend, { path });
        expect([path, answer.status]).toEqual([path, 503]);
      }
      expectReadable(await from(frontend, { path: '/posts' }), frontend);
      expectUnreadable(await from(foreign, { path: '/posts' }));
      const preflight = { Origin: frontend, 'Access-Control-Request-Method': 'POST' };
      expect((await send(api, { method: 'OPTIONS', path: '/posts', headers: preflight })).status).toBe(204);
    } finally {
      await bringBack();
    }
    expect((await from(frontend, { path: '/posts' })).status).toBe(200);
  });
});
