import type { BrowserRules } from '../rules/browser-rules.js';
import { isSafeMethod } from '../rules/methods.js';
import { isSameSite, isSchemelesslySameSite, originOf, registrableDomain, parseUrl, siteOf } from '../rules/urls.js';

/**
 * Which SameSite cookies a request carries: all; those not strict (a link); of those without SameSite only the new ones (a form that posts);
 * only `SameSite=None`. RFC 6265bis, section 5.2.
 */
export type SameSiteContext = 'strict' | 'lax' | 'lax-unsafe' | 'cross-site';

/** Who asks for a URL, as far as cookies depend on it. */
export interface CookieRequest {
  url: URL;
  /** The origin of the page or frame that asks; null: the user did, in the address bar. */
  initiator: string | null;
  /** The page in the address bar and the frames between it and the initiator, outermost first. Empty: the initiator is that page. */
  ancestors: readonly string[];
  method: string;
  topLevelNavigation: boolean;
  /** The origins that redirected to this URL. */
  redirectedBy?: readonly string[];
}

type Rules = Pick<BrowserRules, 'schemefulSameSite' | 'sitesBelowUnlistedSuffixes'> &
  Partial<Pick<BrowserRules, 'redirectsMakeCrossSite'>>;

/** Are two origins one site in this browser? */
export function isOneSite(origin: string, other: string, rules: Rules): boolean {
  const isSame = rules.schemefulSameSite ? isSameSite : isSchemelesslySameSite;
  if (!isSame(origin, other)) return false;
  return rules.sitesBelowUnlistedSuffixes || hostOf(origin) === hostOf(other) || isListed(hostOf(origin));
}

const hostOf = (origin: string) => parseUrl(origin)?.hostname ?? '';
const UNLISTED = /(?:^|\.)(?:test|example|invalid|internal|lan|home|corp)$/;
const isListed = (host: string) => registrableDomain(host) !== null && !UNLISTED.test(host);

/** The context in which cookies are sent. */
export function contextOf(request: CookieRequest, rules: Rules): SameSiteContext {
  const target = targetOf(request.url);
  const { initiator } = request;
  if (initiator === null) return 'strict';
  const isOne = (origin: string) => isOneSite(origin, target, rules);
  if (request.topLevelNavigation) {
    const redirectedBy = rules.redirectsMakeCrossSite ? (request.redirectedBy ?? []) : [];
    if ([initiator, ...redirectedBy].every(isOne)) return 'strict';
    return isSafeMethod(request.method) ? 'lax' : 'lax-unsafe';
  }
  return [initiator, ...request.ancestors].every(isOne) ? 'strict' : 'cross-site';
}

/** A top-level navigation may store every cookie, whatever its method. RFC 6265bis, section 5.7, step 15. */
export const mayStoreSameSite = (request: CookieRequest, rules: Rules) =>
  request.topLevelNavigation || contextOf(request, rules) === 'strict';

/** `ws:` as `http:`, `wss:` as `https:`. */
const targetOf = (url: URL) => originOf(url).replace(/^ws/, 'http');

/** The site of the page in the address bar: the key of partitioned cookies. */
export function topLevelSite({ url, initiator, ancestors, topLevelNavigation }: CookieRequest): string {
  return siteOf(topLevelNavigation || initiator === null ? targetOf(url) : (ancestors[0] ?? initiator));
}

/** The page in the address bar, or a frame around the request, is another site. */
export function isThirdParty(request: CookieRequest, rules: Rules): boolean {
  if (request.topLevelNavigation || request.initiator === null) return false;
  const pages = request.ancestors.length > 0 ? request.ancestors : [request.initiator];
  return !pages.every((page) => isOneSite(page, targetOf(request.url), rules));
}
