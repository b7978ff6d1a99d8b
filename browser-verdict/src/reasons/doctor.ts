import type { Explanations } from './reason.js';

/** What the doctor finds beside a blocked request. Our own codes. */
export const doctorReasons: Explanations = {
  CacheWithoutVary: {
    title: 'A cache keeps one answer for all origins: what was asked for without Origin comes back to {origin}.',
    cure: 'Send Vary: Origin with every answer, also to requests without Origin and from foreign ones, and empty the cache.',
  },
  VaryMissing: {
    title: 'The answer depends on Origin and may be cached, but has no Vary: Origin.',
    cure: 'Send Vary: Origin with every answer, also to requests without Origin and from foreign ones.',
  },
  OriginReflected: {
    title: 'Any origin is allowed with credentials: the server repeats what it is sent ({detail}).',
    cure: 'Compare Origin with a list, and send no CORS header to others. Any page can now read the data of a person who is logged in.',
  },
  LookAlikeOriginAllowed: {
    title: 'The look-alike {detail} is allowed with credentials.',
    cure: 'Compare the whole origin with ===, not with endsWith, includes or a pattern without ^, $ and escaped dots.',
  },
  NullOriginAllowed: {
    title: 'The origin null is allowed with credentials: every sandboxed frame and every local file has it.',
    cure: 'Take null out of the list.',
  },
  PlainHttpOriginAllowed: {
    title:
      'The page over plain http, {detail}, is allowed with credentials: whoever is on the network path can change it.',
    cure: 'Allow the https origin alone.',
  },
  ErrorWithoutCors: {
    title: 'An error answer ({detail}) has no CORS headers: the page reads "CORS error" instead of the true cause.',
    cure: 'Add the CORS headers before anything can fail, and in the proxy with `always` where it answers itself.',
  },
  RedirectingPath: {
    title: '{detail}: a request that needs a preflight fails there.',
    cure: 'Call the address after the redirect, or answer both spellings without a redirect.',
  },
  PreflightNotCached: {
    title: 'The answer to the preflight has no Access-Control-Max-Age: browsers ask again after five seconds.',
    cure: 'Send Access-Control-Max-Age: 7200, the most that Chromium keeps.',
  },
  HeadersNotExposed: {
    title: 'Scripts cannot read these headers of the answer: {detail}.',
    cure: 'Name those that a script needs in Access-Control-Expose-Headers.',
  },
  ExposeWildcardWithCredentials: {
    title: 'Access-Control-Expose-Headers is *, which exposes nothing to a request with credentials.',
    cure: 'Name the headers one by one.',
  },
  CrossSiteCookies: {
    title: 'The page and the API are two sites: Safari drops every cookie of the API.',
    cure: 'Serve both below one registrable domain, or let a proxy make them one origin.',
  },
  LogInFailed: {
    title: 'The log-in was answered with {detail}.',
    cure: 'Check the path and the body; nothing can be said about cookies.',
  },
  NoCookieSet: {
    title: 'The log-in sets no cookie.',
    cure: 'Let it answer with Set-Cookie, if the session is meant to be in a cookie.',
  },
  CookieNotReturned: {
    title: 'After the log-in, the next request carries no cookie.',
    cure: 'See the cookie findings: each says why it was not kept or not sent.',
  },
  LogOutLeavesCookie: {
    title: 'After log-out, the browser still has the cookie {detail}.',
    cure: 'Clear it with the same name, Path, Domain, Secure, SameSite and Partitioned as it was set with, and Max-Age=0.',
  },
  LogOutBlocked: { title: 'The page cannot log out: {detail}.', cure: 'Allow the log-out like the log-in.' },
  CookieReadableByScripts: {
    title: 'The cookie {detail} is not HttpOnly: a script injected into the page can take it away.',
    cure: 'Add HttpOnly.',
  },
  CookieNotSecure: { title: 'The cookie {detail} is not Secure: it also goes over plain http.', cure: 'Add Secure.' },
  CookieNotPartitioned: {
    title:
      'The cookie {detail} crosses sites without Partitioned: people who block third-party cookies are logged out.',
    cure: 'Add Partitioned, or serve the page and the API below one registrable domain.',
  },
  ForeignFormAccepted: {
    title: 'A form on a page of {detail} can log a person in: the server did not look at Origin or Sec-Fetch-Site.',
    cure: 'Refuse unsafe requests whose Sec-Fetch-Site is cross-site and whose Origin is not on the list, and accept application/json alone.',
  },
  OpenApiUnreadable: {
    title: 'The OpenAPI document cannot be used: {detail}.',
    cure: 'Give the URL of an OpenAPI document in JSON.',
  },
};
