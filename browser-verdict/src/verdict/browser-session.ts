import { CookieJar } from '../cookies/cookie-jar.js';
import type { BrowserRules } from '../rules/browser-rules.js';
import { browsers, type BrowserName } from '../rules/browsers.js';
import { PreflightCache } from '../rules/preflight-cache.js';

export interface SessionOptions {
  /** Milliseconds since 1970. Default: the clock. */
  now?: () => number;
  /** The person has switched third-party cookies off (Chromium). */
  blockThirdPartyCookies?: boolean;
  /** What the person answers when Chromium asks about the local network. Default: nothing is known, which is a warning. */
  localNetworkPermission?: 'granted' | 'denied';
  /** Rules that differ from those of the browser. */
  rules?: Partial<BrowserRules>;
}

/** One browser with its cookies and its preflight cache. */
export class BrowserSession {
  readonly rules: BrowserRules;
  readonly jar: CookieJar;
  readonly preflights: PreflightCache;
  readonly now: () => number;
  readonly blockThirdParty: boolean;
  readonly localNetworkPermission: SessionOptions['localNetworkPermission'];

  constructor(
    readonly browser: BrowserName,
    options: SessionOptions = {},
  ) {
    this.rules = { ...browsers[browser], ...options.rules };
    this.jar = new CookieJar(this.rules);
    this.preflights = new PreflightCache(this.rules);
    this.now = options.now ?? Date.now;
    this.blockThirdParty = options.blockThirdPartyCookies ?? false;
    this.localNetworkPermission = options.localNetworkPermission;
  }
}
