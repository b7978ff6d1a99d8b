import { Controller, Get } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Public } from '../src/authentication/public.decorator.js';
import { problemSchema } from '../src/problems/problem.schema.js';
import { RouteTable, type Route } from '../src/http/route-table.js';
import { frontend, startApi, type Api } from './support/api.js';
import { createUser, password, type User } from './support/users.js';

const secret = 'the house has a key under the mat';

@Public()
@Controller('failing')
class FailingController {
  @Get('error')
  error() {
    throw new Error(secret);
  }

  @Get('text')
  text() {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- some library will
    throw secret;
  }

  @Get('rejection')
  rejection() {
    return Promise.reject(Object.assign(new Error(secret), { code: '42601', status: 418, sql: secret }));
  }
}

let api: Api;
let ada: User;
beforeAll(async () => {
  api = await startApi({}, [FailingController]);
  ada = await createUser(api);
});
afterAll(() => api.close());

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** One that a request can be made to. */
const concrete = ({ path }: Route) => path.replaceAll(/:\w+/g, '1').replaceAll(/\{?\/?\*\w+\}?/g, '/x');

const routes = () => api.app.get(RouteTable).all();

/** What neither supertest nor fetch would send: the bytes as they are. */
function send(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer | string) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: api.port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    request.on('error', reject).end(body);
  });
}

const json = { 'Content-Type': 'application/json' };

const logIn = (body: Buffer | string, headers: Record<string, string> = json) =>
  send('POST', '/authentication/log-in', headers, body);

/** A problem document and nothing else. RFC 9457. */
function problemOf({ status, headers, text }: Awaited<ReturnType<typeof send>>) {
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(headers['cache-control']).toBe('private, no-store');
  const problem = problemSchema.strict().parse(JSON.parse(text));
  expect(problem.status).toBe(status);
  expect(problem.requestId).toBe(headers['x-request-id']);
  return problem;
}

describe('an error', () => {
  it.each([
    [400, 'Bad Request', 'GET', '/posts/abc'],
    [401, 'Unauthorized', 'GET', '/authentication'],
    [404, 'Not Found', 'GET', '/posts/2147483647'],
    [404, 'Not Found', 'GET', '/nowhere'],
    [404, 'Not Found', 'OPTIONS', '/nowhere'],
    [404, 'Not Found', 'GET', '/posts/1/comments'],
    [404, 'Not Found', 'GET', '/.env'],
    [405, 'Method Not Allowed', 'DELETE', '/posts'],
    [500, 'Internal Server Error', 'GET', '/failing/error'],
  ])('%d is a problem document titled %s: %s %s', async (status, title, method, path) => {
    const answer = await send(method, path);
    expect(answer.status).toBe(status);
    expect(problemOf(answer)).toMatchObject({ title, instance: path });
  });

  it('does not repeat the query, which may hold what is private', async () => {
    const answer = await send('GET', '/posts?limit=secret');
    expect(answer.text).not.toContain('secret');
    expect(problemOf(answer).instance).toBe('/posts');
  });

  it.each(['/failing/error', '/failing/text', '/failing/rejection'])(
    'that nobody expected tells nothing but the id of the request: %s',
    async (path) => {
      const answer = await send('GET', path);
      expect(answer.status).toBe(500);
      expect(problemOf(answer)).toEqual({
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        detail: 'Internal error. The log has the details under this request id.',
        instance: path,
        requestId: expect.stringMatching(uuid),
      });
    },
  );

  it('answers to HEAD without a body', async () => {
    const answer = await send('HEAD', '/posts/abc');
    expect(answer).toMatchObject({ status: 400, text: '' });
  });

  it('names a hundred bad fields and no more, however many there are', async () => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, 1])));
    const answer = await logIn(body);
    expect(problemOf(answer).errors).toHaveLength(100);
    expect(answer.text.length).toBeLessThan(20_000);
  });
});

describe('the methods', () => {
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'LINK'];

  it('that a path does not have are refused with those it has, on every path', async () => {
    for (const route of routes())
      for (const method of methods.filter((name) => !route.methods.includes(name))) {
        const path = concrete(route);
        const answer = await send(method, path);
        expect([method, path, answer.status]).toEqual([method, path, 405]);
        expect(answer.headers.allow).toBe([...route.methods, 'OPTIONS'].join(', '));
        if (method !== 'HEAD') expect(problemOf(answer).detail).toContain(method);
      }
  });

  it('are named to OPTIONS, on every path', async () => {
    for (const route of routes()) {
      const answer = await send('OPTIONS', concrete(route));
      expect(answer).toMatchObject({ status: 204, text: '' });
      expect(answer.headers.allow).toBe([...route.methods, 'OPTIONS'].join(', '));
    }
  });

  it('include HEAD wherever there is GET, with the headers of GET and no body', async () => {
    for (const path of ['/posts', '/health/live', '/openapi.json']) {
      const [get, head] = [await send('GET', path), await send('HEAD', path)];
      expect(head).toMatchObject({ status: 200, text: '' });
      expect(head.headers['content-length']).toBe(String(Buffer.byteLength(get.text)));
      expect(head.headers.etag).toBe(get.headers.etag);
    }
  });

  it('are in the answer to a preflight from the frontend, for every path and method', async () => {
    for (const route of routes()) {
      const path = concrete(route);
      for (const method of route.methods) {
        const preflight = { Origin: frontend, 'Access-Control-Request-Method': method };
        const { status, headers } = await send('OPTIONS', path, preflight);
        expect([method, path, status]).toEqual([method, path, 204]);
        const isForAll = path.startsWith('/health/') || path === '/openapi.json';
        expect(headers['access-control-allow-origin']).toBe(isForAll ? '*' : frontend);
        expect(headers['access-control-allow-credentials']).toBe(isForAll ? undefined : 'true');
        const allowed = String(headers['access-control-allow-methods']).split(/\s*,\s*/);
        expect(allowed.sort()).toEqual([...route.methods].sort());
      }
    }
  });
});

describe('the type of an answer', () => {
  it.each(['application/json', 'application/*', '*/*', 'text/html, */*;q=0.1', 'APPLICATION/JSON'])(
    'is JSON for who accepts %s',
    async (accept) => {
      const { status, headers } = await send('GET', '/posts', { Accept: accept });
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    },
  );

  it.each(['text/html', 'application/xml', 'image/*', 'application/json;q=0'])(
    'is refused to who accepts only %s',
    async (accept) => {
      const answer = await send('GET', '/posts', { Accept: accept });
      expect(answer.status).toBe(406);
      expect(problemOf(answer).detail).toContain('application/json');
    },
  );

  it('is refused before anything is changed', async () => {
    const email = 'xml@example.com';
    const account = { email, name: 'Xml', password: 'correct horse battery' };
    await api.request.post('/authentication/register').set('Accept', 'text/xml').send(account).expect(406);
    await api.request.post('/authentication/register').send(account).expect(201);
  });
});

describe('a body', () => {
  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'title=a&content=b'],
    ['plain text', 'text/plain', '{"title":"a","content":"b"}'],
    ['a form with files', 'multipart/form-data; boundary=x', '--x--'],
    ['XML', 'application/xml', '<a/>'],
    ['nonsense', 'application', '{}'],
    ['a list of types', 'text/plain, application/json', '{}'],
  ])('that is %s is refused', async (_, type, body) => {
    const before = await api.dataSource.query('SELECT count(*) FROM posts');
    const { text } = await ada.agent.post('/posts').set('Content-Type', type).send(body).expect(415);
    expect(problemSchema.parse(JSON.parse(text)).detail).toBe(
      'The body is not JSON: send JSON with the header Content-Type: application/json.',
    );
    expect(await api.dataSource.query('SELECT count(*) FROM posts')).toEqual(before);
  });

  it('without a type is refused', async () => {
    const answer = await logIn('{"email":"a","password":"b"}', {});
    expect(answer.status).toBe(415);
    expect(problemOf(answer).detail).toContain('has no Content-Type');
  });

  it('in another character set or encoding is refused', async () => {
    for (const headers of [
      { 'Content-Type': 'application/json; charset=latin1' },
      { ...json, 'Content-Encoding': 'compress' },
    ]) {
      const answer = await logIn('{}', headers);
      expect(answer.status).toBe(415);
      problemOf(answer);
    }
  });

  it.each([
    ['{', 'The body is not valid JSON.'],
    ['{"email":"secret"', 'The body is not valid JSON.'],
    ["{'email':'secret'}", 'The body is not valid JSON.'],
    ['secret', 'The body is not valid JSON.'],
    [' ', 'The body is not valid JSON.'],
    ['{"a":NaN}', 'The body is not valid JSON.'],
    ['[]', 'The body must be a JSON object.'],
    ['[{"email":"secret"}]', 'The body must be a JSON object.'],
    ['null', 'The body must be a JSON object.'],
    ['"secret"', 'The body must be a JSON object.'],
    ['5', 'The body must be a JSON object.'],
    ['true', 'The body must be a JSON object.'],
    ['', 'The body must be a JSON object.'],
  ])('of %s is refused, without the words of the parser', async (body, detail) => {
    const answer = await logIn(body);
    expect(answer.status).toBe(400);
    expect(problemOf(answer).detail).toBe(detail);
    expect(answer.text).not.toContain('secret');
  });

  it('that is not UTF-8 is refused', async () => {
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      const answer = await logIn(Buffer.concat([Buffer.from('{"email":"'), Buffer.from(bytes), Buffer.from('"}')]));
      expect(answer.status).toBe(400);
      expect(problemOf(answer).detail).toBe('The body is not UTF-8.');
    }
  });

  it('may not have a key named __proto__, and no object gets anything from one', async () => {
    for (const [body, path] of [
      ['{"__proto__":{"polluted":1},"title":"a","content":"b"}', '__proto__'],
      ['{"constructor":{"prototype":{"polluted":1}},"title":"a","content":"b"}', 'constructor'],
      ['{"prototype":1,"title":"a","content":"b"}', 'prototype'],
    ]) {
      const { body: problem } = await ada.agent.post('/posts').set(json).send(body).expect(400);
      expect(problem.errors).toEqual([{ path, message: 'is not a known field' }]);
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    ['16 KiB', 'POST', '/authentication/log-in', 16_384],
    ['16 KiB', 'POST', '/categories', 16_384],
    ['256 KiB', 'POST', '/products', 262_144],
    ['256 KiB', 'PATCH', '/products/1', 262_144],
    ['1 MiB', 'POST', '/posts', 1_048_576],
    ['1 MiB', 'PUT', '/posts/1', 1_048_576],
  ])('of more than %s is refused by %s %s, announced or not', async (_, method, path, limit) => {
    const cookie = ada.session.cookie;
    const body = ` `.repeat(limit - 1);
    for (const framing of [{}, { 'Transfer-Encoding': 'chunked' }] as Record<string, string>[]) {
      const headers = { ...json, ...framing, Cookie: cookie };
      const answer = await send(method, path, headers, `${body}{}`);
      expect(answer.status).toBe(413);
      expect(problemOf(answer).detail).toBe(`The body is larger than ${limit} bytes.`);
      expect((await send(method, path, headers, `${body}1`)).status).toBe(400);
    }
  });

  it.each([
    ['that is too large', 413, { ...json, 'Content-Length': '2000000' }],
    ['of another type', 415, { 'Content-Type': 'text/xml', 'Content-Length': '5' }],
    ['that is compressed', 415, { ...json, 'Content-Encoding': 'gzip', 'Content-Length': '5' }],
    ['without a session', 401, { ...json, 'Content-Length': '5' }],
  ])('%s is refused when it is announced: nothing waits for it', async (_, status, headers) => {
    const announced = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const socket = connect(api.port, '127.0.0.1');
    socket.write(['POST /posts HTTP/1.1', 'Host: localhost', ...announced].join('\r\n') + '\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('may not be compressed with %s: a kilobyte would become a megabyte', async (encoding, compress) => {
    const body = compress(JSON.stringify({ email: ada.email, password: 'correct horse battery' }));
    const answer = await logIn(body, { ...json, 'Content-Encoding': encoding });
    expect([answer.status, answer.headers['accept-encoding']]).toEqual([415, 'identity']);
    expect(problemOf(answer).detail).toBe('Send the body in UTF-8, not compressed.');
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('may be nested 64 levels deep, and no deeper, in %s', async (_, open, close) => {
    const nested = (levels: number) => `${open.repeat(levels)}1${close.repeat(levels)}`;
    expect(problemOf(await logIn(nested(64))).detail).not.toContain('nested');
    for (const body of [nested(65), `{"password":"}]\\"]","email":${nested(64)}}`]) {
      const answer = await logIn(body);
      expect([answer.status, problemOf(answer).detail]).toEqual([400, 'The body is nested deeper than 64 levels.']);
    }
    const text = JSON.stringify({ email: ada.email, password: '['.repeat(70) });
    expect((await logIn(text)).status).toBe(401);
  });
});

describe('a path', () => {
  it.each(['/posts/%', '/posts/%E0%A4%A', '/%ff', '/posts/%C0%AE', '/categories/%zz'])(
    '%s is refused, without the words of the router',
    async (path) => {
      const answer = await send('GET', path);
      expect(answer.status).toBe(400);
      expect(problemOf(answer).detail).toBe('The path is not percent-encoded UTF-8.');
    },
  );

  it.each(['/posts/../posts', '//posts', '/posts//1', '/posts/1%2F..%2F2', '/posts/%00', '/posts;a=b'])(
    '%s leads nowhere it should not',
    async (path) => {
      const answer = await send('GET', path);
      expect([400, 404]).toContain(answer.status);
      problemOf(answer);
    },
  );
});

describe('the id of a request', () => {
  it('is made when there is none, and goes out with every answer', async () => {
    const ids = await Promise.all(
      ['/posts', '/nowhere', '/posts/abc', '/docs', '/failing/error'].map(async (path) => {
        const { headers } = await send('GET', path);
        expect(headers['x-request-id']).toMatch(uuid);
        return headers['x-request-id'];
      }),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(['abc', '4bf92f3577b34da6a3ce929d0e0e4736', 'a.b:c-d_e', 'x'.repeat(128)])(
    'is kept when it is %s',
    async (id) => {
      const answer = await send('GET', '/nowhere', { 'X-Request-Id': id });
      expect(problemOf(answer).requestId).toBe(id);
    },
  );

  it.each(['', ' ', 'a b', 'x'.repeat(129), '<script>', '{"a":1}', 'é', 'a\tb', '\u001b[31m'.slice(1), 'a, b'])(
    'is replaced when it is %s',
    async (id) => {
      const answer = await send('GET', '/nowhere', { 'X-Request-Id': id });
      expect(problemOf(answer).requestId).toMatch(uuid);
    },
  );
});

describe('the headers of every answer', () => {
  it.each(['/posts', '/nowhere', '/posts/abc', '/docs', '/failing/error', '/openapi.json'])(
    'protect and give nothing away: %s',
    async (path) => {
      const { headers } = await send('GET', path);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining(`default-src 'self'`),
        'x-request-id': expect.any(String),
      });
    },
  );
});

describe('Strict-Transport-Security', () => {
  it('is not sent over plain http, where it would mean nothing', async () => {
    expect((await send('GET', '/posts')).headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('an ETag', () => {
  it('answers 304 without a body while nothing has changed, and 200 once it has', async () => {
    const { headers: created } = await ada.agent.post('/posts').send({ title: 'A', content: 'B' }).expect(201);
    const path = created.location ?? '';
    for (const target of [path, '/posts']) {
      const { etag = '' } = (await api.request.get(target).expect(200)).headers;
      const { text, headers } = await api.request.get(target).set('If-None-Match', etag).expect(304);
      expect(text).toBe('');
      expect(headers.etag).toBe(etag);
      await api.request.get(target).set('If-None-Match', `"other", ${etag}`).expect(304);
      await ada.agent
        .patch(path)
        .send({ title: `New ${target}` })
        .expect(200);
      const { body } = await api.request.get(target).set('If-None-Match', etag).expect(200);
      expect(JSON.stringify(body)).toContain(`New ${target}`);
    }
  });
});

/** Last, since passport has one set of strategies a process: those of the application made last. */
describe('a compressed body, where COMPRESSED_BODIES accepts it,', () => {
  let accepting: Api;
  beforeAll(async () => (accepting = await startApi({ COMPRESSED_BODIES: 'accepted' })));
  afterAll(() => accepting.close());

  const post = (encoding: string, body: Buffer) =>
    accepting.request
      .post('/authentication/log-in')
      .set({ ...json, 'Content-Encoding': encoding })
      .serialize((data: unknown) => data as string)
      .send(body);

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('is read from %s', async (encoding, compress) => {
    const { email, id } = await createUser(accepting);
    const { body } = await post(encoding, compress(JSON.stringify({ email, password }))).expect(200);
    expect(body).toMatchObject({ id });
  });

  it('that grows a thousandfold is refused, and soon', async () => {
    const bomb = gzipSync(Buffer.alloc(15_000_000, ' '));
    expect(bomb.length).toBeLessThan(16_384);
    const before = process.resourceUsage().maxRSS;
    await post('gzip', bomb).expect(413);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(100_000); // kilobytes
  });

  it('that is not what its encoding says is refused, without the words of the library', async () => {
    const cut = gzipSync(randomBytes(1_000)).subarray(0, 500);
    for (const [encoding, body] of [
      ['gzip', Buffer.from('{}')],
      ['gzip', cut],
      ['br', Buffer.alloc(9, 255)],
    ] as const) {
      const { body: problem } = await post(encoding, body).expect(400);
      expect(problem.detail).toBe('The body is not what its Content-Encoding says.');
    }
  });

  it('in another coding is refused with those that are accepted', async () => {
    const { headers, body } = await post('zstd', Buffer.from('{}')).expect(415);
    expect(headers['accept-encoding']).toBe('gzip, deflate, br');
    expect(body.detail).toBe('Send the body in UTF-8, plain or compressed with gzip, deflate or br.');
  });
});
