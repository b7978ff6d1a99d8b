import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutgoingHttpHeaders } from 'node:http';
import { startApi, type Api } from '../support/api.js';
import { createUser, password, type User } from '../support/users.js';
import { allowed, allowedByPattern, foreign, site } from './support/origins.js';
import { expectReadable, expectUnreadable } from './support/readable.js';
import { problem, send, sendRaw, valuesOf, type Answer, type Sent } from './support/wire.js';

const refusal = 'urn:problem:cross-origin-request-refused';
const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const post = '{"title":"Hello","content":"World"}';

let api: Api;
let ada: User;
let path: string;
beforeAll(async () => {
  api = await startApi(site);
  await publish();
});
afterAll(() => api.close());

/** Somebody new logs in and posts. */
async function publish(): Promise<void> {
  ada = await createUser(api);
  const sent = { method: 'POST', path: '/posts', headers: { ...json, Cookie: ada.session.cookie }, body: post };
  [path = ''] = valuesOf(await send(api, sent), 'location');
}

const counts = async () => {
  const [row] = await api.dataSource.query<object[]>(
    'SELECT (SELECT count(*) FROM posts) AS posts, (SELECT count(*) FROM users) AS users, ' +
      `(SELECT string_agg(id::text || encode("refreshHash", 'hex'), ',' ORDER BY id) FROM sessions) AS sessions`,
  );
  return row;
};

/** With the cookies, however unlikely: what protects must not be `SameSite` alone. */
const forge = (sent: Sent, headers: OutgoingHttpHeaders): Promise<Answer> =>
  send(api, { ...sent, headers: { Cookie: ada.session.cookie, ...sent.headers, ...headers } });

/** What the browser adds by itself. */
const foreignPage = { Origin: foreign, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' };
const pages: [name: string, headers: OutgoingHttpHeaders][] = [
  ['a page of another site', foreignPage],
  ['a form of another site', { ...foreignPage, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }],
  ['a page without an origin (sandboxed, data:)', { ...foreignPage, Origin: 'null' }],
  ['a page that hides its origin', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
  ['a sibling subdomain', { Origin: 'https://shop.example.net', 'Sec-Fetch-Site': 'same-site' }],
  ['a sibling over plain http', { Origin: 'http://example.com', 'Sec-Fetch-Site': 'cross-site' }],
  ['a sibling on another port', { Origin: 'https://example.com:8443', 'Sec-Fetch-Site': 'same-site' }],
  ['a sibling that hides its origin', { 'Sec-Fetch-Site': 'same-site' }],
  ['an old browser', { Origin: foreign }],
  ['an old browser without an origin (sandboxed, data:)', { Origin: 'null' }],
  ['an old browser with an empty origin', { Origin: '' }],
  ['an unknown kind of site', { 'Sec-Fetch-Site': 'elsewhere' }],
  ['two kinds of site', { 'Sec-Fetch-Site': ['same-origin', 'cross-site'] }],
  ['the kind of site in upper case', { 'Sec-Fetch-Site': 'SAME-ORIGIN', Origin: foreign }],
  ['an old browser, over plain http of the host of the API', { Origin: 'http://api.example.com' }],
  ['an old app whose scheme is its own', { Origin: 'capacitor://api.example.com' }],
  ['a name that was made to point to this host (DNS rebinding)', { Origin: 'http://api', Host: 'api' }],
  ['an origin whose user is this host', { Origin: 'https://api.example.com@evil.example', Host: 'api.example.com' }],
  ['an origin that begins like this host', { Origin: 'https://api.example.com.evil.example', Host: 'api.example.com' }],
];

const boundary = '----WebKitFormBoundary7MA4YWxk';
const multipart = `--${boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\nHello\r\n--${boundary}--\r\n`;
const bodies: [name: string, sent: Sent][] = [
  ['a form', { headers: form, body: 'title=Hello&content=World' }],
  ['plain text that holds JSON', { headers: { 'Content-Type': 'text/plain;charset=UTF-8' }, body: post }],
  ['a Blob without a type', { body: post }],
  ['a form with a file', { headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` }, body: multipart }],
  ['JSON', { headers: json, body: post }],
  ['a beacon', { headers: { 'Content-Type': 'text/plain;charset=UTF-8' }, body: '' }],
  ['nothing', { headers: { 'Content-Length': 0 } }],
];

const credentials = () => JSON.stringify({ email: ada.email, password });
const registration = () => JSON.stringify({ email: `other-${ada.email}`, name: 'Ada', password });

const targets: [name: string, sent: () => Sent][] = [
  ['register', () => ({ method: 'POST', path: '/authentication/register', headers: json, body: registration() })],
  [
    'log in (login CSRF)',
    () => ({ method: 'POST', path: '/authentication/log-in', headers: json, body: credentials() }),
  ],
  ['log out', () => ({ method: 'POST', path: '/authentication/log-out', headers: { 'Content-Length': 0 } })],
  ['refresh', () => ({ method: 'POST', path: '/authentication/refresh', headers: { 'Content-Length': 0 } })],
  ['change a post', () => ({ method: 'PATCH', path, headers: json, body: '{"title":"Changed"}' })],
  ['replace a post', () => ({ method: 'PUT', path, headers: json, body: post })],
  ['delete a post', () => ({ method: 'DELETE', path })],
  ['post to nowhere', () => ({ method: 'POST', path: '/nothing' })],
  ['use a method nobody has', () => ({ method: 'PROPFIND', path: '/posts' })],
];

async function expectRefused(sent: Sent, headers: OutgoingHttpHeaders): Promise<void> {
  const before = await counts();
  const answer = await forge(sent, headers);
  expect(answer.status).toBe(403);
  expect(problem(answer)).toMatchObject({ type: refusal, status: 403, instance: sent.path });
  expect(problem(answer).detail).toContain('"csrf"');
  expect(valuesOf(answer, 'set-cookie')).toEqual([]);
  expectUnreadable(answer);
  expect(await counts()).toEqual(before);
  expect((await send(api, { path: '/authentication', headers: { Cookie: ada.session.cookie } })).status).toBe(200);
  expect(JSON.parse((await send(api, { path })).body)).toMatchObject({ title: 'Hello', content: 'World' });
}

describe.each(pages)('%s', (_, headers) => {
  it.each(bodies)('cannot post %s', (_, sent) => expectRefused({ ...sent, method: 'POST', path: '/posts' }, headers));
  it.each(targets)('cannot %s', (_, sent) => expectRefused(sent(), headers));
});

describe('a method in disguise', () => {
  const disguises: [name: string, sent: (path: string) => Sent][] = [
    ['in the query', (path) => ({ path: `${path}?_method=DELETE` })],
    ['in a header', (path) => ({ path, headers: { 'X-HTTP-Method-Override': 'DELETE' } })],
    ['in another header', (path) => ({ path, headers: { 'X-Method-Override': 'DELETE' } })],
    ['in the body', (path) => ({ path, headers: form, body: '_method=DELETE' })],
  ];

  it.each(disguises)('%s does not get past the check', (_, sent) =>
    expectRefused({ ...sent(path), method: 'POST', path }, foreignPage),
  );

  it.each(disguises)('%s is not believed by anybody: a POST stays a POST', async (_, sent) => {
    expect((await forge({ ...sent(path), method: 'POST' }, {})).status).toBe(405);
    expect((await send(api, { path })).status).toBe(200);
  });

  it.each(disguises)('%s does not turn a GET from a foreign page into anything', async (_, sent) => {
    await forge({ ...sent(path), method: 'GET' }, foreignPage);
    expect((await send(api, { path })).status).toBe(200);
  });
});

describe('what is let through', () => {
  beforeEach(publish);

  const callers: [name: string, headers: () => OutgoingHttpHeaders][] = [
    ['curl and Postman (neither header)', () => ({})],
    ['the allowed page', () => ({ Origin: allowed, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' })],
    ['a preview of the page', () => ({ Origin: allowedByPattern, 'Sec-Fetch-Site': 'same-site' })],
    ['the allowed page in an old browser', () => ({ Origin: allowed })],
    ['a page of the API itself', () => ({ Origin: site.API_URL, 'Sec-Fetch-Site': 'same-origin' })],
    ['the address bar', () => ({ 'Sec-Fetch-Site': 'none' })],
    ['a page of this very host in an old browser', () => ({ Origin: api.url })],
    ['a page of the API in an old browser, behind a proxy', () => ({ Origin: site.API_URL, Host: 'internal:8080' })],
  ];

  it.each(callers)('%s posts, refreshes and logs out', async (_, headers) => {
    const say = (sent: Sent) => forge({ method: 'POST', ...sent }, headers());
    expect((await say({ path: '/posts', headers: json, body: post })).status).toBe(201);
    expect((await say({ method: 'DELETE', path })).status).toBe(204);
    const refreshed = await say({ path: '/authentication/refresh' });
    expect(refreshed.status).toBe(204);
    const set = valuesOf(refreshed, 'set-cookie').filter((line) => /^__Host-\w+=[^;]/.test(line));
    expect(set).toHaveLength(2);
    expect((await say({ path: '/authentication/log-out' })).status).toBe(204);
    expect((await send(api, { path: '/authentication', headers: { Cookie: ada.session.cookie } })).status).toBe(401);
  });

  it('the allowed page may read what came of it', async () => {
    const headers = { Origin: allowed, 'Sec-Fetch-Site': 'same-site' };
    expectReadable(await forge({ method: 'POST', path: '/posts', headers: json, body: post }, headers), allowed);
  });

  it.each(['GET', 'HEAD'])('%s from a foreign page passes, unread: it changes nothing', async (method) => {
    const answer = await forge({ method, path }, foreignPage);
    expect(answer.status).toBe(200);
    expectUnreadable(answer);
  });
});

describe('the refusal', () => {
  it.each([
    ['a length', 'Content-Length: 1000000'],
    ['chunks', 'Transfer-Encoding: chunked'],
    ['an expectation', 'Content-Length: 1000000\r\nExpect: 100-continue'],
  ])('comes before the body is read, announced by %s', async (_, announcement) => {
    const lines = ['POST /posts HTTP/1.1', 'Host: api', `Origin: ${foreign}`, announcement, 'Connection: close'];
    const answer = await sendRaw(api, `${lines.join('\r\n')}\r\n\r\n`);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain(refusal);
  });

  it.each([
    ['too large', { headers: json, body: 'x'.repeat(2_000_000) }],
    ['broken', { headers: json, body: '{"' }],
    ['of another type', { headers: { 'Content-Type': 'text/xml' }, body: '<a/>' }],
  ])('comes before what else is wrong with a body that is %s', async (_, sent) => {
    expect((await forge({ ...sent, method: 'POST', path: '/posts' }, foreignPage)).status).toBe(403);
  });

  it('names the nearest allowed origin and what differs', async () => {
    const answer = await forge({ method: 'POST', path: '/posts' }, { Origin: 'https://example.com:8443' });
    expect(problem(answer).detail).toContain('https://example.com (differs by port: 8443 instead of none)');
  });
});
