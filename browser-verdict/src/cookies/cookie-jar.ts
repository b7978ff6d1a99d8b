import type { BrowserRules } from '../rules/browser-rules.js';
import { siteOfHost } from '../rules/urls.js';
import { contextOf, isThirdParty, topLevelSite, type CookieRequest, type SameSiteContext } from './context.js';
import { isSameCookie, type BlockedCookie, type Cookie } from './cookie.js';
import { domainMatches, pathMatches } from './matching.js';
import { isSecure, makeCookie, overwritesSecure, sameSiteReason, type Stored, type Storing } from './storing.js';

export interface Retrieved {
  /** In the order in which they are sent. */
  sent: Cookie[];
  blocked: BlockedCookie[];
}

export interface Retrieving extends CookieRequest {
  /** False: a script reads them with `document.cookie`. */
  byHttp: boolean;
  now: number;
  blockThirdParty: boolean;
}

/** The cookies of one browser. RFC 6265bis, sections 5.7 and 5.8. */
export class CookieJar {
  /** By registrable domain. */
  private readonly cookies = new Map<string, Cookie[]>();

  constructor(private readonly rules: BrowserRules) {}

  get size(): number {
    return [...this.cookies.values()].reduce((sum, list) => sum + list.length, 0);
  }

  /** Takes one `Set-Cookie` line; an expired cookie removes its namesake. */
  store(line: string, storing: Storing): Stored {
    const made = makeCookie(line, storing, this.rules);
    if (!('cookie' in made)) return made;
    const { cookie } = made;
    const key = siteOfHost(cookie.domain);
    const list = (this.cookies.get(key) ?? []).filter((each) => isAlive(each, storing.now));
    if (!cookie.secure && !isSecure(storing.request.url, this.rules) && overwritesSecure(cookie, list)) {
      return { name: cookie.name, reasons: ['OverwriteSecure'] };
    }
    const existing = list.find((each) => isSameCookie(each, cookie));
    if (existing?.httpOnly && !storing.byHttp) return { name: cookie.name, reasons: ['UnknownError'] };
    this.cookies.set(
      key,
      this.withoutOldest(replace(list, existing, isAlive(cookie, storing.now) ? cookie : undefined)),
    );
    return made;
  }

  /** The cookies of a request, and those of its site that stay behind. */
  retrieve(retrieving: Retrieving): Retrieved {
    const { url, now } = retrieving;
    const list = this.cookies.get(siteOfHost(url.hostname)) ?? [];
    const alive = list.filter((each) => isAlive(each, now));
    const context = contextOf(retrieving, this.rules);
    const retrieved: Retrieved = { sent: [], blocked: [] };
    for (const cookie of alive.sort(byPathAndAge)) {
      if (!this.isVisible(cookie, retrieving)) continue;
      const reasons = this.reasonsAgainst(cookie, retrieving, context);
      if (reasons.length === 0) retrieved.sent.push(cookie);
      else retrieved.blocked.push({ name: cookie.name, reasons });
    }
    return retrieved;
  }

  /** A cookie of another partition is nowhere to be seen. */
  private isVisible({ partition }: Cookie, request: Retrieving): boolean {
    if (partition !== undefined) return partition === topLevelSite(request);
    return this.rules.thirdPartyCookies !== 'partition' || !isThirdParty(request, this.rules);
  }

  private reasonsAgainst(cookie: Cookie, request: Retrieving, context: SameSiteContext): string[] {
    return [
      ...(cookie.secure && !isSecure(request.url, this.rules) ? ['SecureOnly'] : []),
      ...(pathMatches(request.url.pathname, cookie.path) ? [] : ['NotOnPath']),
      ...(isFor(cookie, request.url.hostname) ? [] : ['DomainMismatch']),
      ...(cookie.httpOnly && !request.byHttp ? ['HttpOnly'] : []),
      ...(this.isSameSiteAllowed(cookie, context, request.now)
        ? []
        : [sameSiteReason(cookie.sameSite, request, this.rules)]),
      ...(this.isBlockedAsThirdParty(cookie, request) ? ['ThirdPartyBlocked'] : []),
    ].map((reason) => (reason === 'ThirdPartyBlocked' && request.blockThirdParty ? 'UserPreferences' : reason));
  }

  /** RFC 6265bis, section 5.8.3, step 1. */
  private isSameSiteAllowed({ sameSite, created }: Cookie, context: SameSiteContext, now: number): boolean {
    if (context === 'strict' || sameSite === 'none') return true;
    if (sameSite === 'strict') return false;
    if (sameSite === 'lax') return context === 'lax';
    if (!this.rules.laxByDefault) return true;
    const isNew = now - created < this.rules.laxAllowUnsafeSeconds * 1000;
    return context === 'lax' || (context === 'lax-unsafe' && isNew);
  }

  private isBlockedAsThirdParty(cookie: Cookie, request: Retrieving): boolean {
    if (cookie.partition !== undefined || !isThirdParty(request, this.rules)) return false;
    const { thirdPartyCookies } = this.rules;
    return thirdPartyCookies === 'drop' || (thirdPartyCookies === 'keep' && request.blockThirdParty);
  }

  private withoutOldest(list: Cookie[]): Cookie[] {
    if (list.length <= this.rules.cookiesPerDomain) return list;
    return [...list].sort((a, b) => a.created - b.created).slice(list.length - this.rules.cookiesPerDomain);
  }
}

/** A new cookie takes the place, and the age, of the one it replaces. RFC 6265bis, section 5.7, step 23. */
function replace(list: readonly Cookie[], existing: Cookie | undefined, cookie: Cookie | undefined): Cookie[] {
  if (existing === undefined) return cookie ? [...list, cookie] : [...list];
  const replacement = cookie ? [{ ...cookie, created: existing.created }] : [];
  return list.flatMap((each) => (each === existing ? replacement : [each]));
}

const isAlive = ({ expires }: Cookie, now: number) => expires === undefined || expires > now;

const isFor = ({ hostOnly, domain }: Cookie, host: string) =>
  hostOnly ? host === domain : domainMatches(host, domain);

/** Longer paths first, then older cookies. RFC 6265bis, section 5.8.3, step 2. */
const byPathAndAge = (a: Cookie, b: Cookie) => b.path.length - a.path.length || a.created - b.created;
