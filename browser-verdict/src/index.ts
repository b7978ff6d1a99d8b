/** The rules and the verdicts: nothing here needs Node.js. */
export { CookieJar } from './cookies/cookie-jar.js';
export { parseSetCookie } from './cookies/set-cookie.js';
export { explain, explanations, type Reason } from './reasons/explain.js';
export type { Explanation, Explanations } from './reasons/reason.js';
export type { BrowserRules } from './rules/browser-rules.js';
export { browserNames, browsers, type BrowserName } from './rules/browsers.js';
export { corsCheck } from './rules/cors-check.js';
export type { HeaderList } from './rules/header-list.js';
export { isSafelistedMethod } from './rules/methods.js';
export { judgePreflight, preflightFor } from './rules/preflight.js';
export {
  isIpAddress,
  isLoopback,
  isSameSite,
  isTrustworthy,
  originOf,
  registrableDomain,
  relate,
  siteOf,
  type Relation,
} from './rules/urls.js';
export { BrowserSession, type SessionOptions } from './verdict/browser-session.js';
export { fetchSteps } from './verdict/fetch.js';
export { judge, judgeLive } from './verdict/judge.js';
export {
  beaconRequest,
  elementRequest,
  eventSourceRequest,
  fetchRequest,
  formRequest,
  navigationRequest,
  type FetchInit,
  type PageRequest,
} from './verdict/page-request.js';
export type { PageContext, ReadableResponse, Step, Verdict } from './verdict/verdict.js';
export type { WireAnswer, WireFailure, WireRequest, WireResponse } from './verdict/wire.js';
