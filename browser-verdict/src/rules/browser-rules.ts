/**
 * Everything in which the browsers differ; `browsers.ts` says what each does. Each line has its source: a standard, the browser's own documentation or test, or
 * "measured": asked of Chromium 156, Firefox 153 and WebKitGTK 2.50 by `npm run test:agreement`.
 */
export interface BrowserRules {
  /** As people call it. */
  title: string;
  /** A cookie without SameSite is treated as Lax. RFC 6265bis, section 5.6.7.1; only Chromium does by default. */
  laxByDefault: boolean;
  /** A cookie without SameSite goes with a cross-site POST navigation when younger than this. RFC 6265bis, 5.6.7.2. */
  laxAllowUnsafeSeconds: number;
  /** SameSite=None demands Secure. RFC 6265bis, section 5.7, step 13. WebKit does not ask for it (measured). */
  noneNeedsSecure: boolean;
  /** http and https of one domain are different sites for SameSite. HTML, "same site". Measured. */
  schemefulSameSite: boolean;
  /** `Secure` cookies on http://localhost. Secure Contexts allows it; WebKit does not (measured). */
  secureCookiesOnLoopback: boolean;
  /**
   * Cookies of another site than the page in the address bar: kept; kept once for each site of a page (Firefox, Total Cookie
   * Protection); dropped (Safari, Intelligent Tracking Prevention); `refuse`: not stored, but those that a visit has brought are sent (WebKitGTK, measured).
   */
  thirdPartyCookies: 'keep' | 'partition' | 'drop' | 'refuse';
  /** Knows `Partitioned` (CHIPS). */
  partitionedAttribute: boolean;
  /** Two names below an ending that is not on the public suffix list are one site. WebKitGTK: no (measured). */
  sitesBelowUnlistedSuffixes: boolean;
  /** The longest time, in seconds, for which the answer to a preflight is remembered. MDN, "Access-Control-Max-Age". */
  preflightMaxAge: number;
  /** Without Access-Control-Max-Age. Fetch, "CORS-preflight fetch", step 7.6. */
  preflightDefaultMaxAge: number;
  /**
   * Values of Access-Control-Max-Age that are no number of seconds, and with which nothing is remembered; others mean the default.
   * Chromium: services/network/public/cpp/cors (negative numbers); Firefox: nsCORSListenerProxy.cpp (all); WebKitGTK: negative numbers
   * (`test/agreement/regressions.json`).
   */
  uncachedMaxAge: RegExp;
  /** The longest life of a cookie, in seconds. RFC 6265bis, section 5.6.1: 400 days. */
  cookieMaxAge: number;
  /** Cookies of one registrable domain; the oldest are removed above it. RFC 6265bis, section 6.1, demands 50 at least. */
  cookiesPerDomain: number;
  /** Loopback addresses over http are no mixed content for an https page. Secure Contexts. WebKit blocks them. */
  loopbackIsNoMixedContent: boolean;
  /** Images, audio and video over http in an https page are asked for over https. Mixed Content, section 4.1. */
  upgradesMixedMedia: boolean;
  /** The prefixes of cookie names that are known, in lower case. RFC 6265bis, section 4.1.3; libsoup knows none (measured). */
  cookiePrefixes: readonly string[];
  /** Access-Control-Allow-Headers: * covers Authorization, without credentials. Fetch says no; Chromium 156 does (measured). */
  wildcardCoversAuthorization: boolean;
  /** A redirect of a request that began at its own origin has to permit credentials, even where it carries none. WebKit (measured). */
  redirectsNeedCredentials: boolean;
  /** After a second origin in the chain of redirects, Origin of a preflight is null, as of the request. Fetch; not in Firefox (measured),
   * where the answer is not checked when that is the origin of the page. */
  hidesOriginInPreflight: boolean;
  /**
   * A request that had a preflight has one after a redirect: if the changed request needs one (Fetch); always, even for a plain GET,
   * and when the first request would have needed one (Firefox, measured); always, and for all headers that the script has set, even for those that were taken away (WebKit, measured).
   */
  preflightAfterRedirect: 'if-needed' | 'always' | 'for-first-headers';
  /** The answer to a preflight of a request with credentials is not used for one without. Not in Fetch; Firefox (measured). */
  preflightsByCredentials: boolean;
  /** The answer to a preflight is remembered even when it refuses what was asked. Not in Fetch; WebKit (measured). */
  remembersRefusals: boolean;
  /** After a redirect, a preflight is sent before mixed content is blocked. WebKit (measured). */
  preflightBeforeMixedContent: boolean;
  /** After a failed request, its preflight is asked for again. Fetch, "clear cache entries"; Firefox (measured). */
  forgetsPreflightOnFailure: boolean;
  /** A navigation that was redirected by another site carries no SameSite=Strict cookie. Firefox (measured). */
  redirectsMakeCrossSite: boolean;
  /** A form that posts from https to http has to be confirmed by the person. Chromium, "mixed forms". */
  confirmsMixedForms: boolean;
  /** An image, a script or fetch is not redirected to a URL with a user name. Chromium; Fetch refuses it in CORS alone. */
  blocksUrlCredentials: boolean;
  /** A CORS request that is redirected to another origin still carries Sec-Fetch-*. WebKit: no (measured). */
  metadataAfterCorsRedirect: boolean;
  /** A redirect may bring back the Content-Type that one before has removed. WebKit (measured); see `redirect.ts`. */
  contentTypeComesBack: boolean;
  /** A DELETE that is redirected to another origin becomes a GET. WebKitGTK (measured). */
  deleteBecomesGet: boolean;
  /** A POST that a redirect to its own origin turns into a GET keeps Origin. Not in Fetch; WebKit (measured). */
  originKeptAfterRedirect: boolean;
  /** Redirected to another origin, these requests have Origin: null. net/url_request/redirect_util.cc; WebKit: measured. */
  originHiddenAfterRedirect: 'none' | 'navigations' | 'all-without-cors';
  /** From https to http, Origin of a request without CORS is null. Fetch; WebKit sends the origin (measured). */
  originHiddenOnDowngrade: boolean;
  /** `<img crossorigin>` and `<script crossorigin>` send Origin to their own origin too. Not in Fetch; measured. */
  originFromOwnElements: boolean;
  /** Client hints that a script sets (DPR, Width, ...) need no preflight. Chromium's own rule, not in Fetch. */
  safelistedClientHints: boolean;
  /** A public page needs a permission for local addresses. Local Network Access; Chromium since 142. */
  localNetworkAccess: boolean;
}
