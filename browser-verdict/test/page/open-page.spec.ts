import { afterEach, expect, test } from '@jest/globals';
import { createServer, type RequestListener } from 'node:http';
import { BlockedError, openPage, type Page } from '../../src/page/open-page.js';
import type { BrowserName } from '../../src/rules/browsers.js';

const api = 'https://api.example.com';
const pages: Page[] = [];
afterEach(() => Promise.all(pages.splice(0).map((page) => page.close())));

interface Received {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A server that keeps what it was asked, with CORS for every origin, and a log-in. */
function server(attributes = 'Secure; HttpOnly; SameSite=Lax'): { listener: RequestListener; received: Received[] } {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request;
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      received.push({ method, url, headers, body });
      response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
      response.setHeader('Access-Control-Allow-Credentials', 'true');
      response.setHeader('Access-Control-Expose-Headers', 'X-Seen');
      if (method === 'OPTIONS')
        response
          .writeHead(204, {
            'Access-Control-Allow-Methods': 'PATCH',
            'Access-Control-Allow-Headers': 'content-type',
            'Access-Control-Max-Age': '600',
          })
          .end();
      else if (url === '/log-in') response.writeHead(204, { 'Set-Cookie': `session=1; Path=/; ${attributes}` }).end();
      else if (url === '/moved') response.writeHead(307, { Location: '/posts' }).end();
      else
        response
          .writeHead(200, { 'X-Seen': 'yes', 'X-Hidden': 'yes' })
          .end(JSON.stringify({ cookie: headers.cookie ?? '' }));
    });
  };
  return { listener, received };
}

function open(origin: string, target: ReturnType<typeof server>, browser: BrowserName = 'chromium'): Page {
  const page = openPage(origin, { browser, servers: { [api]: target.listener } });
  pages.push(page);
  return page;
}

test('sends a preflight before a PATCH, remembers it, and sends what the script gave', async () => {
  const target = server();
  const page = open('https://app.example.com', target);
  const init = { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' };
  const response = await page.fetch(`${api}/posts`, init);
  await page.fetch(`${api}/posts`, init);
  expect(target.received.map(({ method }) => method)).toEqual(['OPTIONS', 'PATCH', 'PATCH']);
  expect(target.received[1]).toMatchObject({
    body: '{"a":1}',
    headers: { origin: 'https://app.example.com', 'sec-fetch-site': 'same-site', host: 'api.example.com' },
  });
  expect([response.status, response.ok, response.type]).toEqual([200, true, 'cors']);
});

test('shows a script the exposed headers alone', async () => {
  const response = await open('https://app.example.com', server()).fetch(`${api}/posts`);
  expect([response.headers.get('x-seen'), response.headers.get('x-hidden')]).toEqual(['yes', null]);
});

test.each(['chromium', 'firefox', 'safari'] as const)('keeps a Lax cookie of its own site in %s', async (browser) => {
  const page = open('https://app.example.com', server(), browser);
  await page.fetch(`${api}/log-in`, { method: 'POST', credentials: 'include' });
  expect(page.cookies(api)).toEqual(['session=1']);
  const response = await page.fetch(`${api}/posts`, { credentials: 'include' });
  expect(await response.json()).toEqual({ cookie: 'session=1' });
});

test.each([
  ['chromium', ['session=1']],
  ['firefox', ['session=1']],
  ['safari', []],
] as const)('keeps SameSite=None of another site, but not in Safari: %s', async (browser, cookies) => {
  const page = open('https://app.example.org', server('Secure; SameSite=None; Partitioned'), browser);
  await page.fetch(`${api}/log-in`, { method: 'POST', credentials: 'include' });
  expect(page.cookies(api)).toEqual(cookies);
});

test('follows a redirect with the body', async () => {
  const target = server();
  const response = await open('https://app.example.com', target).fetch(`${api}/moved`, {
    method: 'POST',
    body: 'hello',
  });
  expect([response.redirected, response.url, target.received.at(-1)?.body]).toEqual([true, `${api}/posts`, 'hello']);
});

test('sends a form with the boundary that its header names', async () => {
  const target = server();
  const form = new FormData();
  form.set('title', 'Hello');
  await open('https://app.example.com', target).fetch(`${api}/posts`, { method: 'POST', body: form });
  const [sent] = target.received;
  const boundary = String(sent?.headers['content-type']).replace(/^.*boundary=/, '');
  expect(sent?.body).toContain(boundary);
});

test('refuses what the browser refuses, with a TypeError that carries the verdict', async () => {
  const page = open('https://app.example.com', { listener: (_, response) => response.end('{}'), received: [] });
  const refused = page.fetch(`${api}/posts`).catch((error: unknown) => error);
  const error = (await refused) as BlockedError;
  expect(error).toBeInstanceOf(TypeError);
  expect(error.verdict.reason).toMatchObject({
    code: 'MissingAllowOriginHeader',
    cure: expect.stringContaining('Access-Control-Allow-Origin: https://app.example.com'),
  });
});

test('blocks plain http from a page over https before anything is sent', async () => {
  const page = openPage('https://app.example.com');
  await expect(page.fetch('http://api.example.com/')).rejects.toMatchObject({
    verdict: { reason: { code: 'mixed-content' }, steps: [] },
  });
});

test('tells that nothing listens', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as { port: number };
  await new Promise((resolve) => closed.close(resolve));
  const page = openPage('http://localhost:5173');
  await expect(page.fetch(`http://127.0.0.1:${String(port)}/`)).rejects.toMatchObject({
    verdict: { reason: { code: 'ConnectionRefused' } },
  });
});

test('a form and a link of another site: opaque, and a Lax cookie goes with the link alone', async () => {
  const target = server();
  const own = open(api, target);
  await own.fetch(`${api}/log-in`, { method: 'POST' });
  const foreign = own.open('https://evil.example.net');
  expect((await foreign.submit(`${api}/posts`, { title: 'x' })).cookies).toMatchObject({
    sent: [],
    blocked: [{ reasons: ['SameSiteLax'] }],
  });
  expect(await foreign.follow(`${api}/posts`)).toMatchObject({
    outcome: 'opaque',
    cookies: { sent: [{ name: 'session' }] },
  });
});

test('a beacon with JSON needs a preflight, one with text does not', async () => {
  const target = server();
  const page = open('https://app.example.com', target);
  await page.sendBeacon(`${api}/posts`, 'text');
  await page.sendBeacon(`${api}/posts`, new Blob(['{}'], { type: 'application/json' }));
  expect(target.received.map(({ method }) => method)).toEqual(['POST', 'OPTIONS', 'POST']);
});

test.each(['app.example.com', 'https://app.example.com/', 'file:///etc', ''])('refuses "%s" as an origin', (origin) => {
  expect(() => openPage(origin)).toThrow(TypeError);
});
