import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { connect } from 'node:net';
import { startApi, type Api } from '../support/api.js';

const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));

let api: Api;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

/** @returns the statuses that came back before the server closed, or before it kept silent for a while */
async function statusesOf(bytes: Buffer): Promise<number[]> {
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const socket = connect(api.port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined).on('close', () => resolve());
  });
  return [
    ...Buffer.concat(chunks)
      .toString('latin1')
      .matchAll(/^HTTP\/1\.1 (\d{3}) /gm),
  ].map(([, status]) => Number(status));
}

/** 501 is the answer to an unknown method (RFC 9110, section 15.6.2). */
const isError = (status: number) => status >= 500 && status !== 501;

const seeds = [
  'GET /posts HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n',
  'POST /authentication/log-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n{"email":"a@b.co","password":"x"}',
  'POST /posts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'OPTIONS /posts HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:5173\r\nAccess-Control-Request-Method: POST\r\n\r\n',
  'GET http://localhost/posts?limit=1 HTTP/1.1\r\nHost: x\r\nCookie: Authentication=a.b.c; Refresh=x\r\nExpect: 100-continue\r\n\r\n',
];

const cases: [name: string, bytes: string][] = [
  ['nothing', ''],
  ['a line end', '\r\n\r\n'],
  ['NUL bytes', '\0'.repeat(5_000)],
  ['the start of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['HTTP/2 without TLS', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/0.9', 'GET /\r\n'],
  ['HTTP/3.0', 'GET / HTTP/3.0\r\nHost: localhost\r\n\r\n'],
  ['an upgrade to WebSocket', 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  [
    'an upgrade to h2c',
    'GET /posts HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n',
  ],
  ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['CONNECT', 'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n\r\n'],
  ['a line that is folded', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n'],
  ['a space before the colon', 'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n'],
  ['line feeds only', 'GET /health/live HTTP/1.1\nHost: localhost\n\n'],
  ['two lengths', 'POST /posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ['a length that is negative', 'POST /posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n'],
  [
    'a length beyond all numbers',
    `POST /posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${'9'.repeat(30)}\r\n\r\n`,
  ],
  [
    'a chunk beyond all numbers',
    'POST /posts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n',
  ],
  ['chunked twice', 'POST /posts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n'],
  ['another coding', 'POST /posts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n'],
  ['10,000 headers', `GET /posts HTTP/1.1\r\nHost: localhost\r\n${'a: b\r\n'.repeat(10_000)}\r\n`],
  ['a trailer', 'POST /posts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nHost: evil\r\n\r\n'],
  ['a path of 100 kB', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ['a body for GET', 'GET /posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello'],
  [
    'a request within a body',
    'POST /posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 37\r\n\r\nGET /origins HTTP/1.1\r\nHost: localhost',
  ],
];

describe('bytes on a socket', () => {
  it.each(cases)('%s: no error of the server, and it goes on', async (_, bytes) => {
    expect((await statusesOf(Buffer.from(bytes, 'latin1'))).filter(isError)).toEqual([]);
    await api.request.get('/health/live').expect(200);
  });

  it(`that differ from a request a little do no harm either (seed ${seed})`, async () => {
    const edit = fc.record({
      at: fc.nat({ max: 250 }),
      removed: fc.nat({ max: 3 }),
      added: fc.oneof(
        fc.uint8Array({ maxLength: 3 }),
        fc.constantFrom(...['\r\n', '\0', ' ', ':', '\r', '%00'].map((text) => Buffer.from(text))),
      ),
    });
    const mutated = fc
      .tuple(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 4 }))
      .map(([text, edits]) =>
        edits.reduce(
          (bytes, { at, removed, added }) => {
            const index = at % bytes.length;
            return Buffer.concat([bytes.subarray(0, index), added, bytes.subarray(index + removed)]);
          },
          Buffer.from(text, 'latin1'),
        ),
      );
    const counts = new Map<number, number>();
    const wrong: string[] = [];
    const samples = fc.sample(mutated, { numRuns: 3_000, seed });
    const workers = Array.from({ length: 16 }, async () => {
      for (let bytes = samples.pop(); bytes !== undefined; bytes = samples.pop())
        for (const status of await statusesOf(bytes)) {
          counts.set(status, (counts.get(status) ?? 0) + 1);
          if (isError(status)) wrong.push(`${status} for ${JSON.stringify(bytes.toString('latin1'))}`);
        }
    });
    await Promise.all(workers);
    process.stdout.write(`Raw sockets, seed ${seed}, 3000 requests. By status: ${[...counts].sort().join('; ')}\n`);
    expect(wrong).toEqual([]);
    expect(counts.get(400)).toBeGreaterThan(100);
    await api.request.get('/posts').expect(200);
  });
});
