import { describe, expect, test } from '@jest/globals';
import { contextOf, type CookieRequest, type SameSiteContext } from '../../src/cookies/context.js';
import { CookieJar } from '../../src/cookies/cookie-jar.js';
import { serializeCookie } from '../../src/cookies/cookie.js';
import { parseCookieDate } from '../../src/cookies/date.js';
import { canonicalHost, cookieDomain, domainMatches, pathMatches } from '../../src/cookies/matching.js';
import { parseSetCookie } from '../../src/cookies/set-cookie.js';
import { makeCookie } from '../../src/cookies/storing.js';
import { browsers } from '../../src/rules/browsers.js';
import { originOf } from '../../src/rules/urls.js';
import { exceptions } from './exceptions.js';
import { allRowsOf, rowsOf, type Row } from './rows.js';

const chromium = browsers.chromium;
const covered = (file: string) => rowsOf(file).filter(({ id }) => !(`${file}/${id}` in exceptions));

function sameSite(address: string): CookieRequest {
  const url = new URL(address);
  return { url, initiator: originOf(url), ancestors: [], method: 'GET', topLevelNavigation: false };
}

/** Sets cookies one after another, and returns the `Cookie` header of a request. */
function roundTrip(row: Row, now: number): string {
  const jar = new CookieJar(chromium);
  const steps: { set_url: string; set_cookie: string[] }[] = row.steps ?? [row];
  const byScript = row.set_by === 'script';
  let time = now;
  for (const { set_url, set_cookie } of steps)
    for (const line of set_cookie) {
      const request = {
        ...sameSite(set_url),
        ...(row.initiator_page ? { initiator: new URL(row.initiator_page).origin } : {}),
      };
      jar.store(row.repeat ? line.replace('{REPEAT}', String(row.repeat)) : line, {
        ...{ request, byHttp: !byScript, now: time++, blockThirdParty: false },
      });
    }
  const byHttp = row.read_by !== 'script';
  const { sent } = jar.retrieve({ ...sameSite(row.request_url), byHttp, now: time, blockThirdParty: false });
  return sent.map(serializeCookie).join('; ');
}

describe('Set-Cookie lines and the Cookie header they lead to (http-state)', () => {
  const now = Date.parse('2011-04-01T00:00:00Z');
  const rows = allRowsOf('set-cookie-parsing').filter(({ id }) => !(`set-cookie-parsing/${id}` in exceptions));
  test.each(rows.map((row) => [row.id, row] as const))('%s', (_, row) => {
    expect(roundTrip(row, now)).toBe(row.expected_cookie_now ?? row.expected_cookie);
  });
});

describe('names, values, attributes, prefixes, domains, paths, order (WPT)', () => {
  test.each(covered('cookie-attributes').map((row) => [row.id, row] as const))('%s', (_, row) => {
    // The README of the data: a client may refuse a response whose header has NUL, CR or LF, and then there is no cookie.
    expect(row.response_may_be_refused ? ['', row.expected_cookie] : [row.expected_cookie]).toContain(
      roundTrip(row, Date.now()),
    );
  });
});

describe('dates (http-state)', () => {
  test.each(covered('cookie-dates').map((row) => [row.id, row] as const))('%s', (_, { date, valid, expected }) => {
    const parsed = parseCookieDate(date);
    expect(parsed === undefined ? null : new Date(parsed).toUTCString()).toBe(valid ? expected : null);
  });
});

describe('single lines (Chromium, tough-cookie)', () => {
  test.each(covered('cookie-lines').map((row) => [row.id, row] as const))('%s', (_, row) => {
    const { valid, note, ...expected } = row.expected;
    delete expected.reason;
    const line = row.repeat
      ? row.line.replace('{REPEAT}', row.repeat.character.repeat(row.repeat.times ?? row.repeat.count))
      : row.line;
    const parsed = parseSetCookie(line);
    const request = sameSite(row.set_url ?? 'https://www.example.test/');
    const now = Date.now();
    const rules = { ...chromium, noneNeedsSecure: false, secureCookiesOnLoopback: true };
    const made = makeCookie(line, { request, byHttp: true, now, blockThirdParty: false }, rules);
    const isStored =
      'cookie' in made ||
      (row.set_url === undefined ? typeof parsed !== 'string' : made.reasons.every((each) => each === 'SecureOnly'));
    // `note`: the row is about parsing alone.
    expect(note === undefined ? isStored : typeof parsed !== 'string').toBe(valid);
    if (typeof parsed === 'string') return;
    const cookie = 'cookie' in made ? made.cookie : undefined;
    const actual: Record<string, unknown> = {
      ...{ name: parsed.name, value: parsed.value, same_site: parsed.sameSite, secure: parsed.secure },
      ...{ http_only: parsed.httpOnly, partitioned: parsed.partitioned },
      ...{ path_attribute: parsed.path ?? null, domain_attribute: parsed.domain ?? null },
      ...{
        max_age_attribute: parsed.maxAge ?? null,
        expires_attribute: parsed.expires ?? null,
        expires: parsed.expires ?? null,
      },
      ...{ domain: cookie?.domain, host_only: cookie?.hostOnly, path: cookie?.path },
      persistent: cookie?.expires !== undefined,
      expired: (cookie?.expires ?? Infinity) <= now,
      lifetime_seconds: cookie?.expires === undefined ? null : (cookie.expires - now) / 1000,
    };
    for (const [key, value] of Object.entries(expected))
      expect([key, normalized(key, actual[key])]).toEqual([key, normalized(key, value)]);
  });

  /** Attributes as written: a leading dot, the text of a date, and the number of seconds are compared by what they mean. */
  function normalized(key: string, value: unknown): unknown {
    if (key === 'domain_attribute' && typeof value === 'string') return value.replace(/^\./, '').toLowerCase();
    if (key === 'max_age_attribute' && value !== null) return Number(value);
    if (key === 'expires_attribute' && typeof value === 'string') return parseCookieDate(value);
    if (key === 'path_attribute' && typeof value === 'string' && !value.startsWith('/')) return null;
    return value;
  }
});

describe('domain, path, host (tough-cookie, Chromium)', () => {
  test.each(covered('cookie-matching').map((row) => [row.id, row] as const))('%s', (_, row) => {
    expect(matching(row)).toEqual(row.expected);
  });

  function matching(row: Row): unknown {
    const lower = (text: string) => text.toLowerCase().replace(/^\./, '');
    switch (row.kind) {
      case 'domain-match':
        return domainMatches(lower(row.host), lower(row.domain));
      case 'host-only-match':
        return lower(row.host) === lower(row.cookie_host);
      case 'path-match':
        return pathMatches(row.request_path, row.cookie_path);
      case 'canonical-host':
        return canonicalHost(row.host)?.replace(/^\[|\]$/g, '');
      default: {
        const place = cookieDomain(new URL(row.url).hostname, lower(row.domain_attribute));
        return place ? { accepted: true, domain: place.domain, host_only: place.hostOnly } : { accepted: false };
      }
    }
  }
});

describe('decisions in a SameSite context (Chromium)', () => {
  const pages = {
    strict: (url: URL) => ({ initiator: url.origin, topLevelNavigation: false, method: 'GET' }),
    lax: () => ({ initiator: 'https://other.test', topLevelNavigation: true, method: 'GET' }),
    'lax-unsafe-method': () => ({ initiator: 'https://other.test', topLevelNavigation: true, method: 'POST' }),
    'cross-site': () => ({ initiator: 'https://other.test', topLevelNavigation: false, method: 'GET' }),
  };

  test.each(covered('cookie-decisions').map((row) => [row.id, row] as const))('%s', (_, row) => {
    const context = (row.schemeful_context ?? row.context) as keyof typeof pages;
    const url = new URL(row.url);
    const request: CookieRequest = { url, ancestors: [], ...pages[context](url) };
    const jar = new CookieJar(chromium);
    const now = Date.now();
    const set = row.action === 'store' ? request : sameSite(row.set_url);
    const age = (row.age_seconds ?? 0) * 1000;
    const stored = jar.store(row.set_cookie, { request: set, byHttp: true, now: now - age, blockThirdParty: false });
    const included =
      row.action === 'store'
        ? 'cookie' in stored
        : jar.retrieve({ ...request, byHttp: true, now, blockThirdParty: false }).sent.length === 1;
    expect(included).toBe(row.expected.included);
  });
});

describe('SameSite by page, frames and redirects (WPT)', () => {
  const rows = allRowsOf('same-site').filter(({ id }) => !(`same-site/${id}` in exceptions));
  const includes: Record<SameSiteContext, Record<string, boolean>> = {
    strict: { strict: true, lax: true, none: true, unspecified: true },
    lax: { strict: false, lax: true, none: true, unspecified: true },
    'lax-unsafe': { strict: false, lax: false, none: true, unspecified: false },
    'cross-site': { strict: false, lax: false, none: true, unspecified: false },
  };

  test.each(rows.map((row) => [row.id, row] as const))('%s', (_, row) => {
    if (row.kind === 'attribute') {
      expect(parseSetCookie(row.set_cookie)).toMatchObject({ sameSite: row.expected_samesite });
      return;
    }
    const topLevelNavigation = /form|window\.open|top-level|reload/.test(row.kind);
    const isReload = row.kind.startsWith('reload');
    const url = new URL(row.urls.at(-1));
    const origin = (page: string) => /https?:\/\/[^\s)]+/.exec(page)?.[0] ?? page;
    const sandboxed = (page: string) => (page.includes('opaque origin') ? 'null' : origin(page));
    const ancestors = [row.top_level_page, ...(row.frames ?? [])].filter(Boolean).map(sandboxed);
    const request: CookieRequest = {
      url,
      initiator: isReload ? url.origin : row.initiator,
      ancestors: topLevelNavigation ? [] : ancestors,
      method: row.method,
      topLevelNavigation,
    };
    const sent = row.expected_sent_now ?? row.expected_sent;
    if (sent) expect(includes[contextOf(request, chromium)]).toMatchObject(sent);
    if (row.expected_stored) expect(storedOf(request)).toMatchObject(row.expected_stored);
    if (row.expected_in_document) expect(documentOf(request, row)).toMatchObject(row.expected_in_document);
  });

  const lines = {
    strict: 'a=1; SameSite=Strict',
    lax: 'a=1; SameSite=Lax',
    none: 'a=1; SameSite=None; Secure',
    unspecified: 'a=1',
  };

  function storedOf(request: CookieRequest): Record<string, boolean> {
    const storing = { request, byHttp: true, now: Date.now(), blockThirdParty: false };
    return Object.fromEntries(
      Object.entries(lines).map(([key, line]) => [key, 'cookie' in makeCookie(line, storing, chromium)]),
    );
  }

  /** What `document.cookie` of the loaded page shows: that page asks, below the page in the address bar. */
  function documentOf(request: CookieRequest, row: Row): Record<string, boolean> {
    const ancestors = request.topLevelNavigation ? [] : [row.top_level_page as string];
    const own = { ...request, initiator: originOf(request.url), ancestors, method: 'GET', topLevelNavigation: false };
    return includes[contextOf(own, chromium)];
  }
});
