import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CookieJar } from '../src/cookies/cookie-jar.js';
import { parseCookieDate } from '../src/cookies/date.js';
import { parseSetCookie } from '../src/cookies/set-cookie.js';
import { printable, redactHeaders } from '../src/doctor/redact.js';
import { explain, explanations } from '../src/reasons/explain.js';
import { browsers, type BrowserName } from '../src/rules/browsers.js';
import { BrowserSession } from '../src/verdict/browser-session.js';
import { judge } from '../src/verdict/judge.js';
import type { PageRequest } from '../src/verdict/page-request.js';
import type { WireAnswer } from '../src/verdict/wire.js';

const names = Object.keys(browsers) as BrowserName[];
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '*', 'null', 'https://app.example.com', '\0', '\uD800', 'x'.repeat(5000)),
);
const url = fc.oneof(
  fc.webUrl(),
  text,
  fc.constantFrom(
    'http://[',
    'file:///etc/passwd',
    'data:,x',
    'blob:null/x',
    'about:blank',
    'ws://example.com',
    'https://user:pass@example.com',
    'http://localhost:1',
    'http://[::1]',
    'https://xn--',
    'javascript:1',
    'http://0x7f.1',
    '//example.com',
    '/path',
  ),
);
const headerName = fc.oneof(
  text,
  fc.constantFrom(
    'Access-Control-Allow-Origin',
    'Access-Control-Allow-Credentials',
    'Access-Control-Allow-Methods',
    'Access-Control-Allow-Headers',
    'Access-Control-Max-Age',
    'Set-Cookie',
    'Location',
    'Content-Type',
    'Range',
    'Cookie',
  ),
);
const headers = fc.array(fc.tuple(headerName, text), { maxLength: 12 });
const answers = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      status: fc.oneof(fc.constantFrom(200, 204, 301, 302, 303, 307, 308, 401, 500), fc.integer()),
      headers,
    }),
  },
  { weight: 1, arbitrary: fc.record({ failure: text, detail: text }) },
) as fc.Arbitrary<WireAnswer>;

const requests = fc.record({
  kind: fc.constantFrom('fetch', 'beacon', 'event-source', 'navigation', 'element'),
  url,
  method: fc.oneof(fc.constantFrom('GET', 'POST', 'PATCH', 'patch', 'TRACE'), text),
  headers,
  hasBody: fc.boolean(),
  mode: fc.constantFrom('cors', 'no-cors', 'same-origin', 'navigate'),
  credentials: fc.constantFrom('omit', 'same-origin', 'include'),
  redirect: fc.constantFrom('follow', 'error', 'manual'),
  destination: fc.oneof(fc.constantFrom('', 'image', 'document'), text),
}) as fc.Arbitrary<PageRequest>;

const pages = fc.record({
  origin: url,
  ancestors: fc.array(url, { maxLength: 3 }),
  byUser: fc.boolean(),
  userActivated: fc.boolean(),
});

describe('no input makes it throw', () => {
  test('a verdict', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        pages,
        requests,
        fc.array(answers, { minLength: 1, maxLength: 4 }),
        (browser, page, request, given) => {
          const session = new BrowserSession(browser, { now: () => 0 });
          let asked = 0;
          const verdict = judge(session, page, request, () => given[asked++ % given.length] as WireAnswer);
          expect(['readable', 'opaque', 'blocked']).toContain(verdict.outcome);
          expect(verdict.outcome === 'blocked').toBe(verdict.reason !== undefined);
          // Twenty redirects, each with a preflight, and no more.
          expect(asked).toBeLessThanOrEqual(42);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('a cookie line, a date, the jar', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(text, text).map(([a, b]) => `${a}=${b}; ${b}; Expires=${a}`),
          { maxLength: 20 },
        ),
        fc.webUrl(),
        (lines, address) => {
          const jar = new CookieJar(browsers.chromium);
          const request = {
            url: new URL(address),
            initiator: null,
            ancestors: [],
            method: 'GET',
            topLevelNavigation: true,
          };
          for (const line of lines) {
            parseSetCookie(line);
            parseCookieDate(line);
            jar.store(line, { request, byHttp: true, now: 0, blockThirdParty: false });
          }
          expect(
            jar.retrieve({ ...request, byHttp: true, now: 0, blockThirdParty: false }).sent.length,
          ).toBeLessThanOrEqual(lines.length);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('an explanation', () => {
    fc.assert(
      fc.property(
        fc.oneof(text, fc.constantFrom(...Object.keys(explanations), '__proto__', 'constructor')),
        text,
        fc.constantFrom(...names),
        url,
        (code, detail, browser, address) => {
          const { title, cure } = explain(code, detail, { browser, origin: address, url: address });
          expect([typeof title, typeof cure]).toEqual(['string', 'string']);
        },
      ),
    );
  });
});

test('a report has no control characters and no value of a cookie', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ minLength: 12, unit: fc.constantFrom('a', 'b', 'c', '1', '2', '3') }),
      (noise, secret) => {
        // eslint-disable-next-line no-control-regex
        expect(printable(noise)).not.toMatch(/[\0-\x1F\x7F-\x9F]/);
        const shown = redactHeaders([
          ['Set-Cookie', `a=${secret}; Path=/`],
          ['Cookie', `a=${secret}; b=${secret}`],
          ['Authorization', `Bearer ${secret}`],
        ]);
        expect(JSON.stringify(shown)).not.toContain(secret);
      },
    ),
  );
});

test('ten thousand cookies leave as many as a browser keeps', () => {
  const session = new BrowserSession('chromium');
  const lines = Array.from({ length: 10_000 }, (_, index) => ['Set-Cookie', `c${String(index)}=1; Secure`] as const);
  const request = {
    kind: 'fetch',
    url: 'https://api.example.com/',
    method: 'GET',
    headers: [],
    hasBody: false,
    mode: 'cors',
    credentials: 'include',
    redirect: 'follow',
    destination: '',
  } as const;
  const answer = { status: 200, headers: [...lines, ['Set-Cookie', `x=${'y'.repeat(1_000_000)}`] as const] };
  const verdict = judge(session, { origin: 'https://app.example.com' }, request, () => answer);
  expect(verdict.cookies.stored.length).toBe(10_000);
  expect(session.jar.size).toBe(browsers.chromium.cookiesPerDomain);
});
