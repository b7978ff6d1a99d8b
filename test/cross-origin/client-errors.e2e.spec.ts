import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from '../support/api.js';
import { FailuresController } from './support/failures.controller.js';
import { expectReadable, expectUnreadable } from './support/readable.js';
import { problem, sendRaw, valuesOf } from './support/wire.js';

const frontend = 'http://localhost:5173';
const foreign = 'https://evil.example';

let api: Api;
beforeAll(async () => (api = await startApi({}, [FailuresController])));
afterAll(() => api.close());

const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;
const padding = `X-Padding: ${'x'.repeat(140_000)}`;

/** What Node's parser refuses before any request exists. */
const broken: [status: number, name: string, send: (origin: string) => string[]][] = [
  [400, 'a request line that is none', (origin) => [head('GET nonsense', `Origin: ${origin}`)]],
  [501, 'a method that does not exist', (origin) => [head('STEAL / HTTP/1.1', `Origin: ${origin}`, 'Host: api')]],
  [400, 'a header without a name', (origin) => [head('GET / HTTP/1.1', 'Host: api', `Origin: ${origin}`, ': x')]],
  [400, 'NUL in a header', (origin) => [head('GET / HTTP/1.1', `Origin: ${origin}`, 'X-Name: a\0b')]],
  [400, 'a bare CR in a header', (origin) => [head('GET / HTTP/1.1', `Origin: ${origin}`, 'X-Name: a\rb')]],
  [
    400,
    'two lengths (request smuggling)',
    (origin) => [head('POST / HTTP/1.1', `Origin: ${origin}`, 'Content-Length: 1', 'Transfer-Encoding: chunked')],
  ],
  [400, 'a length that is no number', (origin) => [head('POST / HTTP/1.1', `Origin: ${origin}`, 'Content-Length: x')]],
  [431, 'headers beyond what Node reads', (origin) => [head('GET / HTTP/1.1', padding, `Origin: ${origin}`)]],
  [
    431,
    'long headers that arrive in pieces',
    (origin) => [`GET / HTTP/1.1\r\n${padding}`.slice(0, 120_000), head('', `Origin: ${origin}`, padding)],
  ],
];

describe('what is not HTTP', () => {
  it.each(broken)('%i for %s can be read by the frontend, and by nobody else', async (status, _, send) => {
    const answer = await sendRaw(api, ...send(frontend));
    expect(answer.status).toBe(status);
    expect(problem(answer)).toMatchObject({
      type: 'about:blank',
      status,
      instance: '/',
      requestId: valuesOf(answer, 'x-request-id')[0],
    });
    expect(valuesOf(answer, 'content-type')).toEqual(['application/problem+json']);
    for (const name of ['date', 'content-security-policy', 'cross-origin-resource-policy', 'x-content-type-options'])
      expect([name, valuesOf(answer, name).length]).toEqual([name, 1]);
    expectReadable(answer, frontend);
    const others = [foreign, 'null', `${frontend}/`, `${frontend}, ${foreign}`, `${frontend}\r\nOrigin: ${foreign}`];
    others.push(`${frontend}\r\nOrigin: a b`, `${frontend}\r.evil.example`, `${frontend} x`);
    for (const origin of others) expectUnreadable(await sendRaw(api, ...send(origin)));
  });

  it('cannot be given an origin in the body', async () => {
    const answer = await sendRaw(api, `${head('GET nonsense')}Origin: ${frontend}\r\n`);
    expectUnreadable(answer);
  });

  it('can be read by the frontend when its origin came long before the end', async () => {
    const answer = await sendRaw(api, head('GET / HTTP/1.1', `Origin: ${frontend}`, padding));
    expect(answer.status).toBe(431);
    expectReadable(answer, frontend);
    expectUnreadable(await sendRaw(api, head('GET / HTTP/1.1', `Origin: ${foreign}`, padding)));
  });

  it('is explained on a connection that has served other requests', async () => {
    const first = head('GET /health/live HTTP/1.1', 'Host: api');
    const answer = await sendRaw(api, first, head('GET nonsense', `Origin: ${frontend}`));
    expect(answer.status).toBe(400);
    expectReadable(answer, frontend);
  });

  it.each([
    ['at its start', 'no chunk\r\n'],
    ['after JSON that is complete', '2\r\n{}\r\nno chunk\r\n'],
  ])('is explained when a body turns out to be none %s', async (_, body) => {
    const lines = ['Host: api', 'Content-Type: application/json', 'Transfer-Encoding: chunked', `Origin: ${frontend}`];
    const answer = await sendRaw(api, head('POST /authentication/log-in HTTP/1.1', ...lines) + body);
    expect(answer.status).toBe(400);
    expect(problem(answer)).toMatchObject({ detail: 'This is not HTTP as RFC 9112 defines it.' });
    expectReadable(answer, frontend);
  });
});

describe('what is HTTP, but not complete', () => {
  it.each([
    ['HTTP/1.1 without Host', 400, 'GET /posts HTTP/1.1', []],
    ['HTTP/1.1 with two Host lines', 400, 'GET /posts HTTP/1.1', ['Host: api', 'Host: api']],
    ['HTTP/1.1 with a Host that is none', 400, 'GET /posts HTTP/1.1', ['Host: a b']],
    ['HTTP/1.0 without Host, as HAProxy checks health', 200, 'GET /posts HTTP/1.0', []],
    ['a method nobody has', 405, 'PROPFIND /posts HTTP/1.1', ['Host: api']],
    ['CONNECT', 501, 'CONNECT example.com:443 HTTP/1.1', ['Host: example.com:443']],
    [
      'an expectation nobody knows',
      417,
      'POST /posts HTTP/1.1',
      ['Host: api', 'Expect: miracles', 'Content-Length: 0'],
    ],
    ['a target that is no URL', 400, 'GET http://[ HTTP/1.1', ['Host: api']],
    ['a target of 8,193 characters', 414, `GET /${'p'.repeat(8_192)} HTTP/1.1`, ['Host: api']],
  ])('answers to %s with %i, for the frontend to read', async (_, status, line, lines) => {
    const request = (origin: string) => head(line, ...lines, `Origin: ${origin}`, 'Connection: close');
    const answer = await sendRaw(api, request(frontend));
    expect(answer.status).toBe(status);
    expectReadable(answer, frontend);
    if (status !== 200) {
      expect(problem(answer)).toMatchObject({ status, requestId: valuesOf(answer, 'x-request-id')[0] });
      expect(JSON.stringify(answer).length).toBeLessThan(5_000);
    }
    expectUnreadable(await sendRaw(api, request(foreign)));
  });

  it.each([16_500, 65_000, 120_000])('answers 431 to a header of %i bytes wherever the origin stands', async (size) => {
    const long = `Cookie: a=${'x'.repeat(size)}`;
    const request = (...lines: string[]) => head('GET /posts HTTP/1.1', 'Host: api', 'Connection: close', ...lines);
    for (const lines of [
      [long, `Origin: ${frontend}`],
      [`Origin: ${frontend}`, long],
    ]) {
      const answer = await sendRaw(api, request(...lines));
      expect(answer.status).toBe(431);
      expectReadable(answer, frontend);
    }
    expectUnreadable(await sendRaw(api, request(long, `Origin: ${foreign}`)));
  });

  it('serves headers that are just short enough', async () => {
    const long = `Cookie: a=${'x'.repeat(15_900)}`;
    const answer = await sendRaw(api, head('GET /posts HTTP/1.1', 'Host: api', 'Connection: close', long));
    expect(answer.status).toBe(200);
  });
});
