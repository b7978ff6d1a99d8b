import type { Explanations } from './reason.js';

const crossSite =
  'Cookie “{detail}” has been rejected because it is in a cross-site context and its “SameSite” is “Lax” or “Strict”.';
const oneSite =
  'Serve the page and the API below one registrable domain (or as one origin behind a proxy); else send SameSite=None; Secure; Partitioned.';

const sameSite = (attribute: string): Explanations => ({
  [`SameSite${attribute}`]: {
    title: `The cookie {detail} is SameSite=${attribute}, and the page is another site than the API.`,
    cure: oneSite,
    console: { firefox: crossSite },
  },
  [`SchemefulSameSite${attribute}`]: {
    title: `The cookie {detail} is SameSite=${attribute}, and the page and the API differ in http and https: to Chromium these are two sites.`,
    cure: 'Serve the page and the API both over https.',
  },
});

/** Codes: DevTools protocol, `Network.SetCookieBlockedReason` and `CookieBlockedReason`; ours: ThirdPartyBlocked, PartitionedNeedsSecure, HttpOnly. */
export const cookieReasons: Explanations = {
  ...sameSite('Strict'),
  ...sameSite('Lax'),
  SameSiteUnspecifiedTreatedAsLax: {
    title:
      'The cookie {detail} has no SameSite, which Chromium takes for Lax, and the page is another site than the API.',
    cure: oneSite,
  },
  SchemefulSameSiteUnspecifiedTreatedAsLax: {
    title: 'The cookie {detail} has no SameSite, and the page and the API differ in http and https.',
    cure: 'Serve the page and the API both over https.',
  },
  SameSiteNoneInsecure: {
    title: 'The cookie {detail} is SameSite=None without Secure.',
    cure: 'Add Secure, and serve the API over https.',
    console: {
      firefox:
        'Cookie “{detail}” rejected because it has the “SameSite=None” attribute but is missing the “secure” attribute.',
    },
  },
  SecureOnly: {
    title: 'The cookie {detail} is Secure, and the connection is plain http.',
    cure: 'Serve the API over https; Safari refuses Secure cookies on http://localhost too.',
    console: { firefox: 'Cookie “{detail}” has been rejected because a non-HTTPS cookie can’t be set as “secure”.' },
  },
  ThirdPartyBlocked: {
    title: 'The cookie {detail} belongs to another site than the page, and this browser drops such cookies.',
    cure: 'Serve the page and the API below one registrable domain, or as one origin behind a proxy. Nothing else helps in Safari.',
  },
  UserPreferences: {
    title: 'The cookie {detail} belongs to another site than the page, and this person blocks such cookies.',
    cure: 'Add Partitioned, or serve the page and the API below one registrable domain.',
  },
  PartitionedNeedsSecure: {
    title: 'The cookie {detail} is Partitioned without Secure.',
    cure: 'Add Secure, and serve the API over https.',
  },
  InvalidDomain: {
    title: 'The Domain of the cookie {detail} is not the domain of the API or one above it, or is a public suffix.',
    cure: 'Leave out Domain, or give the registrable domain of the API.',
    console: { firefox: 'Cookie “{detail}” has been rejected for invalid domain.' },
  },
  InvalidPrefix: {
    title: 'The cookie {detail} does not have what its prefix demands.',
    cure: '__Host- needs Secure, Path=/ and no Domain; __Secure- needs Secure; __Http- needs Secure and HttpOnly; all of them need https.',
    console: { firefox: 'Cookie “{detail}” has been rejected because it has an invalid prefix.' },
  },
  OverwriteSecure: {
    title: 'The cookie {detail} would replace a Secure one from a connection over http.',
    cure: 'Set it over https.',
    console: { firefox: 'Cookie “{detail}” has been rejected because there is already an existing secure cookie.' },
  },
  NameValuePairExceedsMaxSize: {
    title: 'The name and the value of the cookie {detail} have more than 4,096 bytes together.',
    cure: 'Keep the data on the server, and only an identifier in the cookie.',
    console: { firefox: 'Cookie “{detail}” is invalid because its size is too big. Max size is 4096 B.' },
  },
  DisallowedCharacter: {
    title: 'The Set-Cookie line of {detail} has a control character.',
    cure: 'Percent-encode the value.',
    console: { firefox: 'Cookie “{detail}” has been rejected for invalid characters in the value.' },
  },
  NoCookieContent: { title: 'The Set-Cookie line has neither a name nor a value.', cure: 'Leave the header out.' },
  SyntaxError: {
    title: 'The Set-Cookie line of {detail} cannot be parsed.',
    cure: 'Write name=value first, then the attributes.',
  },
  NotOnPath: { title: 'The Path of the cookie {detail} does not cover this URL.', cure: 'Set it with Path=/.' },
  DomainMismatch: {
    title: 'The cookie {detail} belongs to another host.',
    cure: 'Set it with the common registrable domain as Domain.',
  },
  HttpOnly: {
    title: 'The cookie {detail} is HttpOnly: no script can read it.',
    cure: 'Nothing: it is still sent with requests.',
  },
  UnknownError: {
    title: 'A script may not set the HttpOnly cookie {detail}, or replace one.',
    cure: 'Let the server set it.',
  },
  CredentialsNotIncluded: {
    title:
      'The answer sets the cookie {detail}, but the request was made without credentials, so the browser ignores it.',
    cure: "Write credentials: 'include' (axios: withCredentials: true) in the request that logs in, and in every later one.",
  },
};
