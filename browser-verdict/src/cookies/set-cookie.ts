import { byteLength } from '../rules/request-headers.js';
import { parseCookieDate } from './date.js';

export type SameSite = 'strict' | 'lax' | 'none' | 'unspecified';

/** One `Set-Cookie` line as it is written. An absent attribute is undefined. */
export interface ParsedCookie {
  name: string;
  value: string;
  /** As written, in lower case and without its leading dot; empty: as good as absent. */
  domain?: string;
  path?: string;
  /** In milliseconds since 1970; -Infinity: expired at once. */
  expires?: number;
  /** In seconds. */
  maxAge?: number;
  secure: boolean;
  httpOnly: boolean;
  sameSite: SameSite;
  partitioned: boolean;
}

/** A name of Chromium's `SetCookieBlockedReason`. */
export type SyntaxReason = 'DisallowedCharacter' | 'NameValuePairExceedsMaxSize' | 'NoCookieContent';

// eslint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0A-\x1F\x7F]/;
const MAX_PAIR = 4096;
const MAX_ATTRIBUTE = 1024;

const trim = (text: string) => text.replace(/^[\t ]+|[\t ]+$/g, '');

/** RFC 6265bis, section 5.6 "The Set-Cookie Header Field". Never throws. */
export function parseSetCookie(line: string): ParsedCookie | SyntaxReason {
  if (CONTROL.test(line)) return 'DisallowedCharacter';
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const name = at === -1 ? '' : trim(pair.slice(0, at));
  const value = trim(pair.slice(at + 1));
  if (name === '' && value === '') return 'NoCookieContent';
  if (byteLength(name) + byteLength(value) > MAX_PAIR) return 'NameValuePairExceedsMaxSize';
  const cookie: ParsedCookie = {
    name,
    value,
    secure: false,
    httpOnly: false,
    sameSite: 'unspecified',
    partitioned: false,
  };
  for (const attribute of attributes) applyAttribute(cookie, attribute);
  return cookie;
}

/** RFC 6265bis, sections 5.6.1 to 5.6.8. The last one of several wins. */
function applyAttribute(cookie: ParsedCookie, attribute: string): void {
  const at = attribute.indexOf('=');
  const name = trim(at === -1 ? attribute : attribute.slice(0, at)).toLowerCase();
  const value = at === -1 ? '' : trim(attribute.slice(at + 1));
  if (byteLength(value) > MAX_ATTRIBUTE) return;
  switch (name) {
    case 'expires':
      cookie.expires = parseCookieDate(value) ?? cookie.expires;
      break;
    case 'max-age':
      if (/^-?\d+$/.test(value)) cookie.maxAge = Number(value);
      break;
    case 'domain':
      cookie.domain = value.replace(/^\./, '').toLowerCase();
      break;
    case 'path':
      cookie.path = value;
      break;
    case 'secure':
      cookie.secure = true;
      break;
    case 'httponly':
      cookie.httpOnly = true;
      break;
    case 'samesite':
      cookie.sameSite = SAME_SITE.get(value.toLowerCase()) ?? 'unspecified';
      break;
    case 'partitioned':
      cookie.partitioned = true;
      break;
  }
}

const SAME_SITE = new Map<string, SameSite>([
  ['strict', 'strict'],
  ['lax', 'lax'],
  ['none', 'none'],
]);
