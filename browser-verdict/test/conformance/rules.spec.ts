import { describe, expect, test } from '@jest/globals';
import { explanations } from '../../src/reasons/explain.js';
import { browsers } from '../../src/rules/browsers.js';
import { corsCheck } from '../../src/rules/cors-check.js';
import { fetchMetadata } from '../../src/rules/fetch-metadata.js';
import { getHeader, type HeaderList } from '../../src/rules/header-list.js';
import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../../src/rules/methods.js';
import { isMixed, mixedContent } from '../../src/rules/mixed-content.js';
import { findRefusal, parsePermission } from '../../src/rules/preflight.js';
import {
  isForbiddenRequestHeader,
  isNoCorsSafelistedHeader,
  isNoCorsSafelistedName,
  isPrivilegedNoCorsName,
  isSafelistedRequestHeader,
  settableHeaders,
  unsafeRequestHeaderNames,
} from '../../src/rules/request-headers.js';
import { originOf, parseUrl, registrableDomain } from '../../src/rules/urls.js';
import {
  beaconRequest,
  elementRequest,
  fetchRequest,
  formRequest,
  navigationRequest,
} from '../../src/verdict/page-request.js';
import { destinations } from './destinations.js';
import { exceptions } from './exceptions.js';
import { notAReason } from './not-a-reason.js';
import { allRowsOf, rowsOf, type Row } from './rows.js';

const covered = (file: string, rows = rowsOf(file)) =>
  rows.filter(({ id }) => !(`${file}/${id}` in exceptions)).map((row) => [row.id, row] as const);

describe('origins (WPT)', () => {
  test.each(covered('origin-serialisation'))('%s', (_, { input, base, expected_origin, href }) => {
    const url = parseUrl(input, base);
    expect([url && originOf(url), url?.href]).toEqual([expected_origin, href]);
  });
});

describe('registrable domains (publicsuffix.org)', () => {
  test.each(covered('public-suffix'))('%s', (_, { domain, expected }) => {
    expect(registrableDomain(domain ?? '')).toBe(expected);
  });
});

describe('headers and methods (WPT, Chromium)', () => {
  test.each(covered('forbidden-and-safelisted'))('%s', (_, row) => {
    const { header = '', value = '', method = '', expected } = row;
    const judgements: Record<string, () => unknown> = {
      'forbidden-request-header': () => ({ forbidden: isForbiddenRequestHeader(header, value) }),
      'forbidden-method': () => ({ forbidden: isForbiddenMethod(method) }),
      'safelisted-method': () => ({ safelisted: isSafelistedMethod(normalizeMethod(method)) }),
      'safelisted-request-header': () => ({
        safelisted: isSafelistedRequestHeader(header, value, row.chromium_only ? browsers.chromium : undefined),
      }),
      'safelisted-bytes': () => ({ safelisted_bytes: safelistedBytes(row) }),
      'no-cors-safelisted-name': () => ({ safelisted: isNoCorsSafelistedName(header) }),
      'privileged-no-cors-name': () => ({ privileged: isPrivilegedNoCorsName(header) }),
      'no-cors-header': () => ({ kept: isNoCorsSafelistedHeader(header, value) }),
      'no-cors-append': () => {
        const given = (row.values_appended as string[]).map((each) => [header as string, each] as const);
        return { value: getHeader(settableHeaders(given, 'no-cors'), header) };
      },
    };
    expect(judgements[row.kind]?.()).toEqual(expected);
  });

  function safelistedBytes({ header, value_prefix = '', bytes: [first, last] }: Row): number[] {
    const bytes = Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
    return bytes.filter((byte) =>
      isSafelistedRequestHeader(header, `${String(value_prefix)}${String.fromCharCode(byte)}`),
    );
  }
});

describe('answers to preflights (Chromium)', () => {
  test.each(covered('preflight-result'))('%s', (_, row) => {
    const headers: HeaderList = [
      ['access-control-allow-methods', row.allow_methods ?? ''],
      ['access-control-allow-headers', row.allow_headers ?? ''],
      ...(row.max_age === undefined ? [] : [['access-control-max-age', row.max_age] as const]),
    ];
    const permission = parsePermission(headers);
    const { expected } = row;
    if (row.table === 'cors-check') {
      const answer: HeaderList = Object.entries({
        'access-control-allow-origin': row.allow_origin,
        'access-control-allow-credentials': row.allow_credentials,
      }).filter(([, value]) => value !== null);
      const failure = corsCheck(answer, row.origin, row.credentials);
      expect([failure?.code ?? null, failure?.detail]).toEqual([expected.error, expected.failed_parameter]);
    } else if (row.table === 'unsafe-request-header-names') {
      expect(unsafeRequestHeaderNames(row.headers, browsers.chromium)).toEqual([...expected.unsafe].sort());
    } else if (row.table === 'max-age') {
      expect(permission).toMatchObject({ maxAge: expected.seconds });
    } else if (row.table === 'cache-credentials') {
      expect(row.preflight_credentials === row.request_credentials).toBe(expected.cached_preflight_applies);
    } else if (row.table === 'parse-allow-headers') {
      expect('code' in permission ? permission.code : null).toBe(expected.error);
      if (expected.accepts) expect(permission).toMatchObject({ headers: expected.accepts });
    } else {
      const question = { method: normalizeMethod(row.method), headers: unsafeRequestHeaderNames(row.headers ?? []) };
      const refusal = 'code' in permission ? permission : findRefusal(permission, question, row.preflight_credentials);
      expect(refusal?.code ?? null).toBe(expected.error);
      if (expected.failed_parameter) expect(refusal?.detail).toBe(expected.failed_parameter);
    }
  });
});

describe('mixed content (WPT, Chromium)', () => {
  test.each(covered('mixed-content'))('%s', (_, row) => {
    const { page, requested_from, subresource, urls, expected } = row;
    const isData = /-data$/.test(requested_from ?? '') || row.page_is_sandboxed;
    const from = isData ? { page: 'null', embedder: page } : { page };
    const destination = /^(img|audio|video)-tag$/.exec(subresource)?.[1]?.replace('img', 'image') ?? '';
    const chain = (urls as string[]).map((url) => ({ ...from, url: new URL(url), destination }));
    if (expected === 'mixed' || expected === 'not mixed') {
      expect(chain.some((each) => isMixed(each, browsers.chromium)) ? 'mixed' : 'not mixed').toBe(expected);
      return;
    }
    const verdicts = chain.map((each) => mixedContent(each, browsers.chromium));
    expect(verdicts.find((each) => each !== 'allowed') ?? 'allowed').toBe(expected);
  });
});

describe('Fetch Metadata (WPT)', () => {
  test.each(covered('fetch-metadata'))('%s', (_, row) => {
    const { mode, destination } = requestOf(row);
    const urls = (row.urls as string[]).map((url) => new URL(url));
    const { origin } = new URL(row.page);
    const headers = fetchMetadata({ origin, urls, mode, destination, userActivated: row.user_activated === true });
    for (const [name, value] of Object.entries(row.expected))
      expect([name, getHeader(headers, name)]).toEqual([name, value]);
  });

  function requestOf(row: Row): { mode: string; destination: string } {
    const { kind, attributes, init, method, urls } = row;
    const [url] = urls as string[];
    const special = destinations[kind as string];
    if (special && !(attributes && 'download' in attributes)) {
      const { mode } = special;
      const destination: string = attributes?.as ?? (row.rel === 'stylesheet' ? 'style' : special.destination);
      return attributes?.crossorigin === undefined
        ? { mode, destination }
        : { mode: mode === 'navigate' ? mode : 'cors', destination };
    }
    if (kind === 'beacon') return beaconRequest(url ?? '');
    if (kind.startsWith('fetch')) return fetchRequest(url ?? '', init);
    if (attributes && 'download' in attributes) return { mode: 'no-cors', destination: '' };
    if (kind.startsWith('element-')) return elementRequest(url ?? '', '', attributes);
    return method === 'POST' ? formRequest(url ?? '', method) : navigationRequest(url ?? '');
  }
});

describe('codes of the DevTools protocol', () => {
  test.each(
    allRowsOf('reason-codes')
      .filter(({ id }) => !(`reason-codes/${id}` in exceptions))
      .map((row) => [row.id, row] as const),
  )('%s', (_, row) => {
    const known = row.value in explanations;
    const why = notAReason[row.enum]?.(row.value);
    expect(known || why !== undefined).toBe(true);
  });
});
