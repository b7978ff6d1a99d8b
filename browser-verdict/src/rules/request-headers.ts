import type { BrowserRules } from './browser-rules.js';
import { getHeader, isToken, normalizeValue, type HeaderList } from './header-list.js';
import { isForbiddenMethod } from './methods.js';

// Fetch, "forbidden request-header".
const FORBIDDEN = new Set(
  `accept-charset accept-encoding access-control-request-headers access-control-request-method
  access-control-request-private-network connection content-length cookie cookie2 date dnt expect host keep-alive origin referer
  set-cookie te trailer transfer-encoding upgrade via`.split(/\s+/),
);
const METHOD_OVERRIDES = new Set(['x-http-method', 'x-http-method-override', 'x-method-override']);
const SAFELISTED_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);
const NO_CORS_NAMES = new Set(['accept', 'accept-language', 'content-language', 'content-type']);

/** A header that a script sets is not sent: the browser alone writes it. Fetch, "forbidden request-header". */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (FORBIDDEN.has(lower) || lower.startsWith('proxy-') || lower.startsWith('sec-')) return true;
  return METHOD_OVERRIDES.has(lower) && value.split(',').some((method) => isForbiddenMethod(normalizeValue(method)));
}

// Chromium, services/network/public/cpp/cors/cors.cc.
const CLIENT_HINTS = new Map([
  ['device-memory', /^\d+(?:\.\d+)?$/],
  ['dpr', /^\d+(?:\.\d+)?$/],
  ['width', /^\d+$/],
  ['viewport-width', /^\d+$/],
  ['save-data', /^on$/],
  ['lang', /^/],
  ['sec-ch', /^/],
]);

/** Those of them that Chromium's Permissions Policy gives to the origin of the page alone. @param name in lower case */
export const isClientHint = (name: string) => /^(?:device-memory|dpr|(?:viewport-)?width)$/.test(name);

/** Fetch, "CORS-unsafe request-header byte". Bytes above 0x7F are safe. */
// eslint-disable-next-line no-control-regex
const UNSAFE_BYTES = /[\x00-\x08\x0A-\x1F"():<>?@[\\\]{}\x7F]/;
const LANGUAGE = /^[0-9A-Za-z *,\-.;=]*$/;

/** The type and subtype of a MIME type in lower case, or undefined. MIME Sniffing, "parse a MIME type". */
export function mimeEssence(value: string): string | undefined {
  const [, type = '', rest = ''] = /^([^/]*)\/([^;]*)/.exec(normalizeValue(value)) ?? [];
  const subtype = rest.replace(/[\t\n\r ]+$/, '');
  return isToken(type) && isToken(subtype) ? `${type}/${subtype}`.toLowerCase() : undefined;
}

/** `bytes=<first>-<last, or nothing>`. Fetch, "parse a single range header value", which must have a first position here. */
function isSimpleRange(value: string): boolean {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(value) ?? [];
  return first !== undefined && (last === '' || BigInt(first) <= BigInt(last ?? ''));
}

/** The length in bytes on the wire: a string is one of bytes, or else UTF-8. */
export function byteLength(value: string): number {
  let length = 0;
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

type HeaderRules = Pick<BrowserRules, 'safelistedClientHints'>;
const STANDARD: HeaderRules = { safelistedClientHints: false };

/** Needs no preflight. Fetch, "CORS-safelisted request-header". */
export function isSafelistedRequestHeader(name: string, value: string, rules = STANDARD): boolean {
  if (byteLength(value) > 128) return false;
  const lower = name.toLowerCase();
  if (rules.safelistedClientHints && CLIENT_HINTS.get(lower.replace(/^sec-ch-.*/, 'sec-ch'))?.test(value)) return true;
  switch (lower) {
    case 'accept':
      return !UNSAFE_BYTES.test(value);
    case 'accept-language':
    case 'content-language':
      return LANGUAGE.test(value);
    case 'content-type':
      return !UNSAFE_BYTES.test(value) && SAFELISTED_TYPES.has(mimeEssence(value) ?? '');
    case 'range':
      return isSimpleRange(value);
    default:
      return false;
  }
}

/** The names for which a preflight has to ask: lower case, sorted. Fetch, "CORS-unsafe request-header names". */
export function unsafeRequestHeaderNames(headers: HeaderList, rules = STANDARD): string[] {
  const [unsafe, safe]: [Set<string>, Set<string>] = [new Set(), new Set()];
  let size = 0;
  for (const [name, value] of headers) {
    if (!isSafelistedRequestHeader(name, value, rules)) unsafe.add(name.toLowerCase());
    else {
      safe.add(name.toLowerCase());
      size += byteLength(value);
    }
  }
  const names = size > 1024 ? [...unsafe, ...safe] : [...unsafe];
  return [...new Set(names)].sort();
}

/** Fetch, "no-CORS-safelisted request-header name". */
export const isNoCorsSafelistedName = (name: string) => NO_CORS_NAMES.has(name.toLowerCase());

/** Fetch, "privileged no-CORS request-header name": a browser may keep it, a script may not add it. */
export const isPrivilegedNoCorsName = (name: string) => name.toLowerCase() === 'range';

/** What remains in mode `no-cors`. Fetch, "no-CORS-safelisted request-header". */
export const isNoCorsSafelistedHeader = (name: string, value: string) =>
  isNoCorsSafelistedName(name) && isSafelistedRequestHeader(name, value);

/**
 * The headers that `fetch` lets a script set. In mode `no-cors` a value is dropped when it, or its combination with the earlier ones,
 * is not safelisted. Fetch, "append" to a Headers object with a guard.
 */
export function settableHeaders(headers: HeaderList, mode: string): HeaderList {
  const kept: (readonly [string, string])[] = [];
  for (const [name, raw] of headers) {
    const value = normalizeValue(raw);
    if (isForbiddenRequestHeader(name, value)) continue;
    if (mode === 'no-cors') {
      const earlier = getHeader(kept, name);
      if (!isNoCorsSafelistedHeader(name, earlier === null ? value : `${earlier}, ${value}`)) continue;
    }
    kept.push([name, value]);
  }
  return kept;
}
