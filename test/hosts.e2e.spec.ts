import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from './support/api.js';
import { describeOnServer } from './support/database.js';
import { problem, send, sendRaw, valuesOf } from './cross-origin/support/wire.js';
import { site } from './cross-origin/support/origins.js';

let api: Api;
beforeAll(async () => (api = await startApi({ ...site, ALLOWED_HOSTS: 'my-laptop,api.test' })));
afterAll(() => api.close());

const head = (line: string, ...lines: string[]) => `${[line, ...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`;
const get = (...lines: string[]) => head('GET /health/live HTTP/1.1', ...lines);

const invalidHosts = [
  '',
  'a b',
  'user@api.example.com',
  'api.example.com/path',
  'api.example.com?',
  'api.example.com:https',
  'api.example.com:65536',
  'api.example.com:443:443',
  '[::1',
  '[::1]x',
  '::1',
  'api.example.com, evil.example',
  'évil.example',
  'http://api.example.com',
  '999.999.999.999',
];

describe('a Host', () => {
  it.each([
    ...['api.example.com', 'API.Example.COM', 'api.example.com:443', 'api.example.com:8080'],
    ...['localhost', 'localhost:3000', 'LOCALHOST', '127.0.0.1:3000', '[::1]:3000', '192.168.1.7', '[2001:db8::1]'],
    ...['my-laptop', 'my-laptop:3000', 'MY-LAPTOP', 'api.test'],
  ])('%s is one of this API: that of API_URL, loopback, an address, or of ALLOWED_HOSTS', async (host) => {
    expect((await sendRaw(api, get(`Host: ${host}`))).status).toBe(200);
  });

  it.each([
    ...['evil.example', 'evil.example:3000', 'api.example.com.evil.example', 'example.com', 'www.api.example.com'],
    ...['localhost.evil.example', '127.0.0.1.evil.example', 'notlocalhost', 'my-laptop.evil.example', 'api.test.'],
  ])('%s is of somebody else: 421, and the answer says what to do', async (host) => {
    const answer = await sendRaw(api, get(`Host: ${host}`));
    expect(answer.status).toBe(421);
    expect(problem(answer)).toMatchObject({ status: 421, title: 'Misdirected Request' });
    expect(problem(answer).detail).toContain(`The host ${host} is neither`);
    expect(problem(answer).detail).toContain('ALLOWED_HOSTS');
  });

  it.each(invalidHosts)('%j is none: 400', async (host) => {
    const answer = await sendRaw(api, get(`Host: ${host}`));
    expect([answer.status, problem(answer).status]).toEqual([400, 400]);
  });

  it.each([
    ['none', []],
    ['the same twice', ['Host: api.example.com', 'Host: api.example.com']],
    ['another one, too', ['Host: api.example.com', 'Host: evil.example']],
    ['another one, in another case', ['host: api.example.com', 'HOST: evil.example']],
  ])('is needed exactly once, not %s', async (_, lines) => {
    const answer = await sendRaw(api, get(...lines));
    expect(answer.status).toBe(400);
    expect(problem(answer).detail).toBe('The request needs exactly one Host header, with a valid host.');
  });

  it('does not count beside an absolute target, which says what is meant (RFC 9112, section 3.2.2)', async () => {
    const absolute = (target: string, host: string) =>
      sendRaw(api, head(`GET http://${target}/health/live HTTP/1.1`, `Host: ${host}`));
    expect((await absolute('localhost', 'evil.example')).status).toBe(200);
    expect((await absolute('localhost:3000', 'evil.example')).status).toBe(200);
    expect((await absolute('evil.example', 'localhost')).status).toBe(421);
    expect((await absolute('localhost@evil.example', 'localhost')).status).toBe(400);
  });

  it('of another name is no way in for DNS rebinding: nothing is read, and nothing written', async () => {
    const accounts = () => api.dataSource.query('SELECT count(*) FROM users');
    const before = await accounts();
    const body = JSON.stringify({ email: 'rebound@example.com', name: 'Eve', password: 'correct horse battery' });
    const page = { Host: 'evil.example:3000', Origin: 'http://evil.example:3000', 'Sec-Fetch-Site': 'same-origin' };
    const headers = { ...page, 'Content-Type': 'application/json' };
    const written = await send(api, { method: 'POST', path: '/authentication/register', headers, body });
    const read = await send(api, { path: '/posts', headers: page });
    expect([written.status, read.status]).toEqual([421, 421]);
    expect(valuesOf(read, 'content-type')).toEqual(['application/problem+json']);
    expect(await accounts()).toEqual(before);
  });
});

describe('X-Forwarded-Host', () => {
  it('is not believed, whatever it says, also behind a proxy that is trusted', async () => {
    const proxied = await startApi({ ...site, TRUST_PROXY: '1' });
    const headers = { Host: 'api.example.com', Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example' };
    const answer = await send(proxied, { method: 'POST', path: '/authentication/log-out', headers });
    expect(answer.status).toBe(403);
    const misled = { Host: 'evil.example', 'X-Forwarded-Host': 'api.example.com' };
    expect((await send(proxied, { path: '/health/live', headers: misled })).status).toBe(421);
    await proxied.close();
  });
});

describeOnServer('in production', () => {
  let production: Api;
  beforeAll(async () => {
    const JWT_SECRET = 'a secret for production of 32 bytes and more';
    production = await startApi({ ...site, NODE_ENV: 'production', BCRYPT_COST: '10', JWT_SECRET, TRUST_PROXY: '1' });
  });
  afterAll(() => production.close());

  it.each(['api.example.com', 'internal:8080', 'cluster.local', '10.0.0.7'])(
    'a proxy may send the Host %s: what names there are is up to it',
    async (host) => {
      expect((await sendRaw(production, get(`Host: ${host}`))).status).toBe(200);
    },
  );

  it.each(invalidHosts)('%j is a 400 all the same', async (host) => {
    expect((await sendRaw(production, get(`Host: ${host}`))).status).toBe(400);
  });

  it('a page of such a name is not one of the API: it may not write', async () => {
    const headers = { Host: 'evil.example', Origin: 'https://evil.example' };
    const answer = await send(production, { method: 'POST', path: '/authentication/log-out', headers });
    expect(answer.status).toBe(403);
  });
});
