import type { BrowserRules } from '../rules/browser-rules.js';
import { isLoopback } from '../rules/urls.js';
import { contextOf, isThirdParty, mayStoreSameSite, topLevelSite, type CookieRequest } from './context.js';
import type { Cookie } from './cookie.js';
import { cookieDomain, defaultPath, domainMatches, pathMatches } from './matching.js';
import { parseSetCookie, type ParsedCookie } from './set-cookie.js';

/** How a cookie reaches the store. */
export interface Storing {
  request: CookieRequest;
  /** False: a script sets it with `document.cookie`. */
  byHttp: boolean;
  now: number;
  /** The person has switched third-party cookies off. */
  blockThirdParty: boolean;
}

export type Stored = { cookie: Cookie } | { name: string; reasons: string[] };

/**
 * Is this line a cookie, and one that this page may set? RFC 6265bis, section 5.7, without what depends on other cookies. As Chromium
 * does, the first kind of reason hides the others: the cookie itself, then third parties, then SameSite and Secure.
 */
export function makeCookie(line: string, storing: Storing, rules: BrowserRules): Stored {
  const parsed = parseSetCookie(line);
  if (typeof parsed === 'string') return { name: nameIn(line), reasons: [parsed] };
  const place = cookieDomain(storing.request.url.hostname, parsed.domain);
  const kinds = [creationReasons, thirdPartyReasons, contextReasons];
  const reasons = kinds.map((kind) => kind(parsed, storing, rules)).find(({ length }) => length > 0);
  return place && reasons === undefined
    ? { cookie: { ...place, ...fieldsOf(parsed, storing, rules) } }
    : { name: parsed.name, reasons: reasons ?? [] };
}

const creationReasons = (parsed: ParsedCookie, storing: Storing, rules: BrowserRules): string[] => [
  ...(cookieDomain(storing.request.url.hostname, parsed.domain) ? [] : ['InvalidDomain']),
  ...(parsed.httpOnly && !storing.byHttp ? ['UnknownError'] : []),
  ...(violatesPrefix(parsed, storing, rules) ? ['InvalidPrefix'] : []),
  ...(parsed.partitioned && rules.partitionedAttribute && !parsed.secure ? ['PartitionedNeedsSecure'] : []),
];

const contextReasons = (parsed: ParsedCookie, storing: Storing, rules: BrowserRules): string[] => [
  ...(parsed.secure && !isSecure(storing.request.url, rules) ? ['SecureOnly'] : []),
  ...sameSiteReasons(parsed, storing, rules),
];

const nameIn = (line: string) => (line.split(/[=;]/, 1)[0] ?? '').trim().slice(0, 100);

export const isSecure = (url: URL, { secureCookiesOnLoopback }: Pick<BrowserRules, 'secureCookiesOnLoopback'>) =>
  /^(?:https|wss):$/.test(url.protocol) || (secureCookiesOnLoopback && isLoopback(url.hostname));

/** RFC 6265bis, sections 4.1.3 and 5.7, steps 17 to 21: the prefixes are compared without case. */
function violatesPrefix(cookie: ParsedCookie, { byHttp, request }: Storing, rules: BrowserRules): boolean {
  const name = (cookie.name === '' ? cookie.value : cookie.name).toLowerCase();
  const prefix = /^__(?:host-http|host|http|secure)-/.exec(name)?.[0];
  if (prefix === undefined || !rules.cookiePrefixes.includes(prefix)) return false;
  if (cookie.name === '') return true;
  if (!cookie.secure || !isSecure(request.url, rules)) return true;
  if (prefix.includes('http') && !(cookie.httpOnly && byHttp)) return true;
  const isHost = prefix.startsWith('__host');
  return isHost && (pathOf(cookie, request.url) !== '/' || !isHostPath(cookie) || (cookie.domain ?? '') !== '');
}

const isHostPath = (cookie: ParsedCookie) => cookie.path?.startsWith('/') ?? false;

function sameSiteReasons(cookie: ParsedCookie, { request }: Storing, rules: BrowserRules): string[] {
  if (cookie.sameSite === 'none') return rules.noneNeedsSecure && !cookie.secure ? ['SameSiteNoneInsecure'] : [];
  if (cookie.sameSite === 'unspecified' && !rules.laxByDefault) return [];
  return mayStoreSameSite(request, rules) ? [] : [sameSiteReason(cookie.sameSite, request, rules)];
}

/** `Schemeful...` when only the scheme makes it another site. */
export function sameSiteReason(sameSite: Cookie['sameSite'], request: CookieRequest, rules: BrowserRules): string {
  const name = { strict: 'Strict', lax: 'Lax', unspecified: 'UnspecifiedTreatedAsLax', none: 'None' }[sameSite];
  const schemeless = contextOf(request, { ...rules, schemefulSameSite: false });
  const isIncluded = schemeless === 'strict' || (sameSite !== 'strict' && schemeless === 'lax');
  return rules.schemefulSameSite && isIncluded ? `SchemefulSameSite${name}` : `SameSite${name}`;
}

function thirdPartyReasons(cookie: ParsedCookie, { request, blockThirdParty }: Storing, rules: BrowserRules): string[] {
  if (!isThirdParty(request, rules)) return [];
  if (/^(?:drop|refuse)$/.test(rules.thirdPartyCookies)) return ['ThirdPartyBlocked'];
  const isPartitioned = cookie.partitioned && rules.partitionedAttribute;
  return blockThirdParty && !isPartitioned && rules.thirdPartyCookies === 'keep' ? ['UserPreferences'] : [];
}

/** RFC 6265bis, section 5.6.4: what does not begin with a slash is the default path. */
const pathOf = ({ path }: ParsedCookie, url: URL) => (path?.startsWith('/') ? path : defaultPath(url.pathname));

function fieldsOf(parsed: ParsedCookie, storing: Storing, rules: BrowserRules): Omit<Cookie, 'domain' | 'hostOnly'> {
  const { name, value, secure, httpOnly, sameSite } = parsed;
  const { request, now } = storing;
  const isPartitioned =
    (parsed.partitioned && rules.partitionedAttribute) ||
    (rules.thirdPartyCookies === 'partition' && isThirdParty(request, rules));
  return {
    name,
    value,
    secure,
    httpOnly,
    sameSite,
    path: pathOf(parsed, request.url),
    partition: isPartitioned ? topLevelSite(request) : undefined,
    created: now,
    expires: expiry(parsed, now, rules.cookieMaxAge),
  };
}

/** RFC 6265bis, sections 5.6.1 and 5.6.2: Max-Age wins over Expires. */
function expiry({ maxAge, expires }: ParsedCookie, now: number, limitSeconds: number): number | undefined {
  const limit = now + limitSeconds * 1000;
  if (maxAge !== undefined) return maxAge <= 0 ? -Infinity : Math.min(now + maxAge * 1000, limit);
  return expires === undefined ? undefined : Math.min(expires, limit);
}

/** A cookie without Secure may not replace or shadow one with it. RFC 6265bis, section 5.7, step 12. */
export const overwritesSecure = (cookie: Cookie, existing: readonly Cookie[]) =>
  existing.some(
    (other) =>
      other.secure &&
      other.name === cookie.name &&
      (domainMatches(other.domain, cookie.domain) || domainMatches(cookie.domain, other.domain)) &&
      pathMatches(cookie.path, other.path),
  );
