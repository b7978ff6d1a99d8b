import { Controller, Get, Post } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AuthenticationGuard } from '../../src/authentication/authentication.guard.js';
import { Public } from '../../src/authentication/public.decorator.js';
import { startApi, type Api } from '../support/api.js';
import { allowedHeaders } from './support/origins.js';
import { accessControl, sendRaw, valuesOf } from './support/wire.js';

const app = 'https://app.example.com';
let calls = 0;

@Controller('hostile')
@Public()
class CountingController {
  @Get()
  read() {
    calls += 1;
    return {};
  }

  @Post()
  write() {
    calls += 1;
    return {};
  }
}

let api: Api;
beforeAll(async () => {
  const environment = { API_URL: 'https://api.example.com', FRONTEND_URL: `${app},https://*.preview.example.com` };
  api = await startApi(environment, [CountingController]);
});
afterAll(() => api.close());
beforeEach(() => {
  calls = 0;
});
const guard = jest.spyOn(AuthenticationGuard.prototype, 'canActivate');
beforeEach(() => void guard.mockClear());

const request = (method: string, ...lines: string[]) =>
  sendRaw(api, [`${method} /hostile HTTP/1.1`, 'Host: api', 'Connection: close', ...lines].join('\r\n') + '\r\n\r\n');

const origins: [name: string, origin: string][] = [
  ['of 100 KB', `https://${'a'.repeat(100_000)}.example.com`],
  ['of 15 KB', `https://${'a'.repeat(15_000)}.preview.example.com`],
  ['of 2,000 labels', `https://${'a.'.repeat(2_000)}preview.example.com`],
  ['with NUL', `${app}\0`],
  ['with NUL before a dot', 'https://evil.example\0.preview.example.com'],
  ['with CR', `${app}\r.evil.example`],
  ['with a space', 'https://app .example.com'],
  ['with a space and another origin', `${app} https://evil.example`],
  ['with a comma and another origin', `${app}, https://evil.example`],
  ['with a tab', `${app}\thttps://evil.example`],
  ['with a trailing dot', `${app}.`],
  ['with a trailing dot that fits the pattern', 'https://a.preview.example.com.'],
  ['in upper case', 'https://APP.example.com'],
  ['with an upper-case scheme', 'HTTPS://app.example.com'],
  ['with a user', 'https://user@app.example.com'],
  ['with a user and a password', 'https://user:password@app.example.com'],
  ['in UTF-8', Buffer.from('https://äpp.example.com').toString('latin1')],
  ['with a full-width dot', Buffer.from('https://app.example。com').toString('latin1')],
  ['with a zero-width space', Buffer.from('https://app\u200b.example.com').toString('latin1')],
  ['with the port 0', `${app}:0`],
  ['with the default port', `${app}:443`],
  ['with a port out of range', 'https://a.preview.example.com:65536'],
  ['with an empty port', `${app}:`],
  ['that goes on after the allowed one', 'https://app.example.com.evil.com'],
  ['whose user is the allowed one', 'https://app.example.com@evil.com'],
  ['that ends like the allowed one', 'https://evilexample.com'],
  ['that ends like the pattern', 'https://evilpreview.example.com'],
  ['with another letter for the dot', 'https://app-example.com'],
  ['with a backslash', 'https://evil.com\\.preview.example.com'],
  ['with a backslash before the user', 'https://app.example.com\\@evil.com'],
  ['with percent escapes', 'https://app%2eexample.com'],
  ['with an escaped NUL', 'https://evil.com%00.preview.example.com'],
  ['with a slash', `${app}/`],
  ['with a path that fits the pattern', 'https://evil.com/.preview.example.com'],
  ['with a query that fits the pattern', 'https://evil.com?.preview.example.com'],
  ['with a fragment that fits the pattern', 'https://evil.com#.preview.example.com'],
  ['with an empty label', 'https://.preview.example.com'],
  ['that is the pattern itself', 'https://*.preview.example.com'],
  ['that the pattern stands below', 'https://preview.example.com'],
  ['over plain http', 'http://app.example.com'],
  ['of another scheme', 'file://app.example.com'],
  ['without a scheme', 'app.example.com'],
  ['that is only a scheme', 'https://'],
  ['that is nothing', ''],
  ['that is a star', '*'],
  ['that is null', 'null'],
  ['that is undefined', 'undefined'],
  ['that is true', 'true'],
  ['in brackets', `["${app}"]`],
  ['in quotes', `"${app}"`],
  ['named like a property', '__proto__'],
];

describe('an origin', () => {
  it.each(origins)('%s is not allowed, and reaches no handler with a preflight or a post', async (_, origin) => {
    const preflight = await request('OPTIONS', `Origin: ${origin}`, 'Access-Control-Request-Method: GET');
    const post = await request('POST', `Origin: ${origin}`, 'Content-Length: 0');
    for (const answer of [preflight, post]) {
      expect([400, 403, 431]).toContain(answer.status);
      expect(accessControl(answer)).toEqual([]);
      expect(valuesOf(answer, 'vary')).toEqual(['Origin']);
      expect(answer.body.length).toBeLessThan(1_500);
    }
    expect([calls, guard.mock.calls.length]).toEqual([0, 0]);
    expect(accessControl(await request('GET', `Origin: ${origin}`))).toEqual([]);
  });

  it('with spaces around it is the origin: HTTP says so, and browsers send none', async () => {
    const answer = await request('GET', `Origin: \t ${app} \t`);
    expect(valuesOf(answer, 'access-control-allow-origin')).toEqual([app]);
  });

  it('in a header whose name is in another case counts as well', async () => {
    expect(valuesOf(await request('GET', `oRiGiN: ${app}`), 'access-control-allow-origin')).toEqual([app]);
    expect((await request('POST', 'oRiGiN: https://evil.com')).status).toBe(403);
  });
});

const method = 'Access-Control-Request-Method: POST';
const asked = (value: string) => `Access-Control-Request-Headers: ${value}`;

describe('the headers that a preflight asks for', () => {
  const refused: [name: string, lines: string[]][] = [
    ['14 KB of one name', [asked('a'.repeat(14_000))]],
    ['14 KB of names', [asked('x-odd,'.repeat(2_300))]],
    ['14 KB of allowed names', [asked('content-type,'.repeat(1_076))]],
    ['10,000 commas', [asked(','.repeat(10_000))]],
    ['100 commas', [asked(','.repeat(100))]],
    ['commas in 100 lines', Array.from({ length: 100 }, () => asked(',,'))],
    ['a star', [asked('*')]],
    ['an unknown name after an allowed one', [asked('content-type,x-steal')]],
    ['an unknown name in a second line', [asked('content-type'), asked('x-steal')]],
    ['a name with a space', [asked('content type')]],
    ['no name but a byte beyond ASCII', [asked('content-type\xff')]],
    ['a name like a property', [asked('__proto__')]],
    ['constructor', [asked('constructor')]],
  ];

  /** The browser compares the list and names the header: a 403 would make it name the origin. */
  it.each(refused)('are not allowed and not repeated when they are %s', async (_, lines) => {
    const answer = await request('OPTIONS', `Origin: ${app}`, method, ...lines);
    expect(answer.status).toBe(204);
    expect(valuesOf(answer, 'access-control-allow-headers')).toEqual([allowedHeaders]);
    expect(JSON.stringify(answer.headers)).not.toMatch(/steal|x-odd|aaaa|\xff/);
    expect(answer.body.length).toBeLessThan(1_000);
    expect([calls, guard.mock.calls.length]).toEqual([0, 0]);
  });

  const harmless: [name: string, value: string][] = [
    ['in mixed case', 'Content-TYPE,x-Request-ID'],
    ['twice', 'content-type,content-type'],
    ['with spaces around them', ' content-type \t,  x-request-id '],
    ['with empty elements', ',content-type,,'],
    ['empty', ''],
  ];

  it.each(harmless)('are allowed when they are allowed names %s', async (_, value) => {
    const answer = await request('OPTIONS', `Origin: ${app}`, method, asked(value));
    expect(answer.status).toBe(204);
    expect(valuesOf(answer, 'access-control-allow-headers')).toEqual([allowedHeaders]);
  });
});

describe('the method that a preflight asks for', () => {
  const methods: [name: string, lines: string[]][] = [
    ['in lower case', ['get']],
    ['in mixed case', ['Post']],
    ['TRACE', ['TRACE']],
    ['CONNECT', ['CONNECT']],
    ['OPTIONS', ['OPTIONS']],
    ['a star', ['*']],
    ['of 1 KB', ['X'.repeat(1_024)]],
    ['empty', ['']],
    ['two in a line', ['GET,POST']],
    ['in two lines', ['GET', 'POST']],
    ['of another route', ['DELETE']],
    ['like a property', ['constructor']],
  ];

  it.each(methods)('is refused and not repeated when it is %s', async (_, values) => {
    const lines = values.map((value) => `Access-Control-Request-Method: ${value}`);
    const answer = await request('OPTIONS', `Origin: ${app}`, ...lines);
    expect(answer.status).toBe(403);
    expect(accessControl(answer)).toEqual([]);
    expect(answer.body).toContain('the path only has GET, HEAD, POST');
    expect(answer.body).not.toMatch(/TRACE|CONNECT|XXXX|DELETE|constructor/);
    expect([calls, guard.mock.calls.length]).toEqual([0, 0]);
  });
});

describe('a request target', () => {
  const targets = [
    'http://[',
    'http://[::1',
    'http://a:b/',
    'http://x:99999/posts',
    '//[',
    '//',
    '*',
    '/%',
    '/%E0%A4%A',
  ];
  const strange = [
    'http://exa%00mple/',
    'http://user@/posts',
    'http:',
    '/posts?%',
    '/posts#%',
    `/${'a/'.repeat(3_000)}`,
  ];

  it.each([...targets, ...strange])('%s is answered like any other, and brings nothing down', async (target) => {
    for (const verb of ['GET', 'OPTIONS', 'POST']) {
      const asked = 'Access-Control-Request-Method: GET'; // `//` is the path of the documentation, which has no POST
      const head = [`${verb} ${target} HTTP/1.1`, 'Host: api', 'Connection: close', `Origin: ${app}`, asked];
      const answer = await sendRaw(api, `${head.join('\r\n')}\r\n\r\n`);
      expect(answer.status).toBeLessThan(500);
      expect(valuesOf(answer, 'access-control-allow-origin')).toEqual([app]);
    }
    expect((await sendRaw(api, 'GET /health/live HTTP/1.1\r\nHost: api\r\nConnection: close\r\n\r\n')).status).toBe(
      200,
    );
  });
});
