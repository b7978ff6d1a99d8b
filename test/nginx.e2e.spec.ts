import { Controller, Get, Req } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import request from 'supertest';
import { Public } from '../src/authentication/public.decorator.js';
import { exposedHeaders } from '../src/cross-origin/cors-headers.js';
import { accessControl, send, sendRaw, valuesOf, type Answer, type Sent } from './cross-origin/support/wire.js';
import { startApi, type Api } from './support/api.js';
import { setCookieLines } from './support/cookies.js';
import { Nginx } from './support/nginx.js';
import { describeWithPrograms } from './support/programs.js';
import { password } from './support/users.js';
import { freePort } from './support/free-port.js';

/** What the API takes the client for, and a response that never comes. */
@Controller('test')
@Public()
class TestController {
  @Get('client')
  client(@Req() { ip, protocol, host }: Request) {
    return { ip, protocol, host };
  }

  @Get('never')
  never(): Promise<never> {
    return new Promise(() => undefined);
  }
}

const servers: Nginx[] = [];
const start = async (...given: Parameters<typeof Nginx.start>) => {
  const nginx = await Nginx.start(...given);
  servers.push(nginx);
  return nginx;
};

const account = { email: 'ada@example.com', name: 'Ada', password };
const json = { 'Content-Type': 'application/json' };

/** A JSON body of this many bytes. */
const ofSize = (bytes: number) => JSON.stringify({ title: 'Large', content: 'x'.repeat(bytes - 32) });

const varyOn = (answer: Answer) =>
  valuesOf(answer, 'Vary')
    .flatMap((value) => value.split(','))
    .filter((name) => name.trim().toLowerCase() === 'origin');

/** RFC 9457, whoever wrote it: the API or nginx. */
function expectProblem(answer: Answer): void {
  expect(valuesOf(answer, 'Content-Type')).toEqual([expect.stringMatching(/^application\/problem\+json/)]);
  expect(JSON.parse(answer.body)).toMatchObject({
    type: 'about:blank',
    title: expect.stringMatching(/^[A-Z]/),
    status: answer.status,
    detail: expect.stringMatching(/^[A-Z]/),
    instance: expect.any(String),
    requestId: valuesOf(answer, 'X-Request-Id')[0],
  });
}

/** A browser on the page of this origin that speaks TLS with the proxy. */
function browser({ url, certificate }: Nginx, host: string, page: string) {
  const agent = request.agent(url, { ca: certificate });
  return agent.host(host).set('Origin', page);
}

/** Writes a request line by line: what no HTTP client would send. */
const raw = ({ port }: Nginx, headers: Record<string, string>, last: string) => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return sendRaw({ port }, ['GET /posts HTTP/1.1', 'Connection: close', ...lines, last, '', ''].join('\r\n'));
};

const describeWithNginx = describeWithPrograms('nginx');

describeWithNginx('nginx before the API on an origin of its own', () => {
  const page = 'https://app.example.com';
  const stranger = 'https://app.example.com.evil.example';
  const host = { Host: 'api.example.com' };
  let api: Api;
  let nginx: Nginx;
  let secure: Nginx;
  let impatient: Nginx;
  let alone: Nginx;

  beforeAll(async () => {
    const environment = { API_URL: 'https://api.example.com', FRONTEND_URL: page, TRUST_PROXY: 'loopback' };
    api = await startApi(environment, [TestController]);
    nginx = await start('own-origin.conf', { upstream: api.port });
    secure = await start('own-origin.conf', { upstream: api.port, tls: true });
    impatient = await start('own-origin.conf', { upstream: api.port, readTimeoutSeconds: 1 });
    alone = await start('own-origin.conf', { upstream: await freePort() });
  });
  afterAll(async () => {
    await Promise.all(servers.splice(0).map((each) => each.stop()));
    await api.close();
  });

  const ask = (sent: Sent) => (headers: object) =>
    send(nginx, { ...sent, headers: { ...host, ...sent.headers, ...headers } });

  type Ask = (origin: { Origin: string }) => Promise<Answer>;
  const answers: [name: string, status: number, ask: Ask][] = [
    ['a success of the API', 200, ask({ path: '/posts' })],
    ['a refused session', 401, ask({ path: '/authentication' })],
    ['a path that the API does not have', 404, ask({ path: '/nowhere' })],
    ['a path that nginx keeps for itself', 404, ask({ path: '/.problem' })],
    ['a method that nginx does not pass on', 405, ask({ path: '/posts', method: 'TRACE' })],
    [
      'a body too large for the API',
      413,
      ask({ path: '/authentication/log-in', method: 'POST', headers: json, body: ofSize(1_500_000) }),
    ],
    [
      'a body too large for nginx',
      413,
      ask({ path: '/authentication/log-in', method: 'POST', headers: json, body: ofSize(3_000_000) }),
    ],
    ['a cookie too long for the API', 431, ask({ path: '/posts', headers: { Cookie: 'x'.repeat(20_000) } })],
    [
      'a cookie too long for nginx',
      431,
      ({ Origin }) => raw(nginx, { ...host, Origin }, `Cookie: ${'x'.repeat(40_000)}`),
    ],
    ['a request that is none', 400, ({ Origin }) => raw(nginx, { ...host, Origin }, 'Content-Length: many')],
    ['an API that is not there', 502, ({ Origin }) => send(alone, { path: '/posts', headers: { ...host, Origin } })],
    [
      'an API that takes too long',
      504,
      ({ Origin }) => send(impatient, { path: '/test/never', headers: { ...host, Origin } }),
    ],
  ];

  describe.each(answers)('%s (%i)', (_, status, ask) => {
    it('can be read by a page of the frontend, by headers that occur once', async () => {
      const answer = await ask({ Origin: page });
      expect(answer.status).toBe(status);
      expect(accessControl(answer).sort()).toEqual([
        ['access-control-allow-credentials', 'true'],
        ['access-control-allow-origin', page],
        ['access-control-expose-headers', exposedHeaders.join(',')],
      ]);
      expect(varyOn(answer)).toHaveLength(1);
      expect(valuesOf(answer, 'X-Request-Id')).toEqual([expect.stringMatching(/^[\w-]{32,36}$/)]);
      if (status !== 200) expectProblem(answer);
    });

    it('tells a stranger nothing', async () => {
      const answer = await ask({ Origin: stranger });
      expect([status, 403]).toContain(answer.status);
      expect(accessControl(answer)).toEqual([]);
      expect(varyOn(answer)).toHaveLength(1);
    });
  });

  it('leaves the limit of a body to the API up to 2 MiB', async () => {
    const post = (bytes: number) =>
      ask({ path: '/authentication/log-in', method: 'POST', headers: json, body: ofSize(bytes) })({ Origin: page });
    expect((await post(1_500_000)).body).toContain('The body is larger than 16384 bytes.');
    expect((await post(3_000_000)).body).toContain('The body is too large.');
  });

  it('answers 414 for an address that is too long, before it knows from which origin', async () => {
    const answer = await ask({ path: `/posts?search=${'x'.repeat(40_000)}` })({ Origin: page });
    expect(answer.status).toBe(414);
    expectProblem(answer);
    expect(accessControl(answer)).toEqual([]);
  });

  it('says when to try again while the API is not there', async () => {
    const answer = await send(alone, { path: '/posts', headers: host });
    expect(valuesOf(answer, 'Retry-After')).toEqual(['5']);
  });

  it('passes a preflight and its answer', async () => {
    const preflight = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' };
    const answer = await ask({ path: '/posts', method: 'OPTIONS', headers: preflight })({ Origin: page });
    expect(answer.status).toBe(204);
    expect(valuesOf(answer, 'Access-Control-Allow-Origin')).toEqual([page]);
    expect(valuesOf(answer, 'Access-Control-Allow-Methods')).toEqual(['GET,HEAD,POST']);
    const refused = await ask({ path: '/posts', method: 'OPTIONS', headers: preflight })({ Origin: stranger });
    expect([refused.status, accessControl(refused)]).toEqual([403, []]);
  });

  it.each([
    ['the API', () => nginx],
    ['nginx alone', () => alone],
  ])('keeps the id that a request brought, and no other, in an answer of %s', async (_, server) => {
    const idOf = async (id: string) =>
      valuesOf(await send(server(), { path: '/nowhere', headers: { ...host, 'X-Request-Id': id } }), 'X-Request-Id');
    expect(await idOf('checkout-42')).toEqual(['checkout-42']);
    expect(await idOf('"},{"')).toEqual([expect.stringMatching(/^[\da-f]{32}$/)]);
  });

  it('puts nothing into a problem document that is not JSON', async () => {
    const { body } = await send(alone, { path: '/a"b\\c?d="', headers: host });
    expect(JSON.parse(body)).toMatchObject({ status: 502, instance: '/a' });
  });

  it('does not name its version', async () => {
    for (const server of [nginx, alone])
      expect(valuesOf(await send(server, { path: '/posts', headers: host }), 'Server')).toEqual(['nginx']);
  });

  it('sends whoever comes over http to https', async () => {
    const answer = await send({ port: nginx.plainPort }, { path: '/posts?limit=1', headers: host });
    expect(answer.status).toBe(308);
    expect(valuesOf(answer, 'Location')).toEqual(['https://api.example.com/posts?limit=1']);
  });

  it('tells the API who the client is, whatever the client claims', async () => {
    const forged = {
      'X-Forwarded-For': '203.0.113.9',
      'X-Forwarded-Proto': 'gopher',
      'X-Forwarded-Host': 'evil.example',
    };
    const { body } = await send(nginx, { path: '/test/client', headers: { ...host, ...forged } });
    expect(JSON.parse(body)).toEqual({ ip: '127.0.0.1', protocol: 'http', host: 'api.example.com' });
  });

  it('speaks TLS for the API: logged in with Secure cookies, until logged out', async () => {
    const agent = browser(secure, host.Host, page);
    await agent.get('/test/client').expect(200, { ip: '127.0.0.1', protocol: 'https', host: 'api.example.com' });
    await agent.post('/authentication/register').send(account).expect(201);
    const { headers } = await agent.post('/authentication/log-in').send(account).expect(400);
    expect(headers['access-control-allow-origin']).toBe(page);
    const loggedIn = await agent.post('/authentication/log-in').send({ email: account.email, password }).expect(200);
    expect(setCookieLines(loggedIn).slice(2)).toEqual([
      expect.stringMatching(
        /^__Host-Authentication=[^;]+; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      ),
      expect.stringMatching(
        /^__Host-Refresh=[^;]+; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    const created = await agent.post('/posts').send({ title: 'Hello', content: 'World' }).expect(201);
    await agent.get(created.headers.location ?? '').expect(200);
    await agent.post('/authentication/refresh').expect(204);
    await agent.post('/authentication/log-out').expect(204);
    await agent.post('/posts').send({ title: 'Hello', content: 'World' }).expect(401);
  });
});

describeWithNginx('nginx that makes the frontend and the API one origin', () => {
  const page = 'https://example.com';
  const host = { Host: 'example.com' };
  let api: Api;
  let nginx: Nginx;
  let secure: Nginx;
  let impatient: Nginx;
  let alone: Nginx;

  beforeAll(async () => {
    // Not the page: that it works all the same is the point.
    const environment = {
      API_URL: `${page}/api`,
      FRONTEND_URL: 'https://elsewhere.example.com',
      TRUST_PROXY: 'loopback',
    };
    api = await startApi(environment, [TestController]);
    nginx = await start('one-origin.conf', { upstream: api.port });
    secure = await start('one-origin.conf', { upstream: api.port, tls: true });
    impatient = await start('one-origin.conf', { upstream: api.port, readTimeoutSeconds: 1 });
    alone = await start('one-origin.conf', { upstream: await freePort() });
  });
  afterAll(async () => {
    await Promise.all(servers.splice(0).map((each) => each.stop()));
    await api.close();
  });

  const get = (path: string, server = nginx) => send(server, { path, headers: host });

  it.each(['/', '/posts/1'])('serves the page at %s, always the newest', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining('/assets/app-4f2a.js')]);
    expect(valuesOf(answer, 'Cache-Control')).toEqual(['no-cache']);
    expect(valuesOf(answer, 'Content-Security-Policy')).toEqual(["frame-ancestors 'none'"]);
  });

  it('serves the files of the page for a year, and nothing in place of a missing one', async () => {
    const file = await get('/assets/app-4f2a.js');
    expect([file.status, valuesOf(file, 'Cache-Control')]).toEqual([200, ['public, max-age=31536000, immutable']]);
    const missing = await get('/assets/app-0000.js');
    expect([missing.status, valuesOf(missing, 'Cache-Control')]).toEqual([404, []]);
  });

  it('serves the API below /api, with cookies and links that lead back to it, and no CORS', async () => {
    const agent = browser(secure, host.Host, page).set('Sec-Fetch-Site', 'same-origin');
    await agent.post('/api/authentication/register').send(account).expect(201);
    const loggedIn = await agent
      .post('/api/authentication/log-in')
      .send({ email: account.email, password })
      .expect(200);
    expect(setCookieLines(loggedIn).slice(2)).toEqual([
      expect.stringMatching(/^__Host-Authentication=.+; Path=\/; .+; HttpOnly; Secure; SameSite=Lax$/),
      expect.stringMatching(/^__Host-Refresh=.+; Path=\/; .+; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    const created = await agent.post('/api/posts').send({ title: 'Hello', content: 'World' }).expect(201);
    expect(created.headers.location).toBe(`/api/posts/${String(created.body.id)}`);
    await agent.get(created.headers.location ?? '').expect(200, created.body);
    await agent.post('/api/posts').send({ title: 'Again', content: 'World' }).expect(201);
    const list = await agent.get('/api/posts?limit=1').expect(200);
    const [, next = ''] = /^<([^>]+)>/.exec(list.headers.link ?? '') ?? [];
    await agent.get(next).expect(200, { count: 2, items: [created.body] });
    await agent.post('/api/authentication/refresh').expect(204);
    await agent.post('/api/authentication/log-out').expect(204);
    await agent.get('/api/authentication').expect(401);
    for (const { headers } of [loggedIn, created, list])
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('takes an old browser, which sends no Sec-Fetch-Site, for what it is, and refuses a foreign page', async () => {
    const logIn = (origin: string) =>
      send(nginx, {
        path: '/api/authentication/log-in',
        method: 'POST',
        headers: { ...host, ...json, Origin: origin },
        body: JSON.stringify({ email: 'nobody@example.com', password }),
      });
    expect((await logIn(page)).status).toBe(401);
    expect((await logIn('https://evil.example')).status).toBe(403);
  });

  it('serves Swagger UI with everything it loads', async () => {
    const { status, body } = await get('/api/docs');
    expect(status).toBe(200);
    const links = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, link = '']) => new URL(link, `${page}/api/docs`),
    );
    expect(links.length).toBeGreaterThan(3);
    for (const { pathname } of links) expect([pathname, (await get(pathname)).status]).toEqual([pathname, 200]);
  });

  it.each([
    [404, 'a post that does not exist', () => get('/api/posts/1000000')],
    [
      413,
      'a body too large',
      () => send(nginx, { path: '/api/posts', method: 'POST', headers: { ...host, ...json }, body: ofSize(3_000_000) }),
    ],
    [431, 'headers too large', () => raw(nginx, host, `Cookie: ${'x'.repeat(40_000)}`)],
    [502, 'an API that is not there', () => get('/api/posts', alone)],
    [504, 'an API that takes too long', () => get('/api/test/never', impatient)],
  ])('answers %i for %s as a problem document', async (status, _, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expectProblem(answer);
  });

  it('serves the page while the API is not there', async () => {
    expect((await get('/', alone)).status).toBe(200);
  });
});
