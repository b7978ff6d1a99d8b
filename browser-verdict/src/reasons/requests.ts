import type { Explanations } from './reason.js';

const typeError = (chromium: string, firefox: string, safari: string) => ({ chromium, firefox, safari });

/** What stops a request before it is sent, or on its way; our own codes but for those of `Network.BlockedReason`. */
export const requestReasons: Explanations = {
  InvalidUrl: {
    title: 'The URL cannot be parsed: {detail}.',
    cure: 'Give an absolute URL, such as https://api.example.com/posts.',
    console: typeError(
      'Failed to parse URL from {detail}',
      '{detail} is not a valid URL.',
      'URL is not valid or contains user credentials.',
    ),
  },
  UrlWithCredentials: {
    title: 'The URL has a user name or password, which fetch refuses.',
    cure: 'Send the header Authorization instead.',
    console: typeError(
      'Request cannot be constructed from a URL that includes credentials: {url}',
      '{url} is an url with embedded credentials.',
      'URL is not valid or contains user credentials.',
    ),
  },
  InvalidMethod: {
    title: 'The method {detail} is not a token.',
    cure: 'Use one of the methods of HTTP, in upper case.',
    console: typeError(
      "'{detail}' is not a valid HTTP method.",
      '{detail} is an invalid request method.',
      'Method is not a valid HTTP token.',
    ),
  },
  ForbiddenMethod: {
    title: 'No script may send {detail}.',
    cure: 'Use another method.',
    console: typeError(
      "'{detail}' HTTP method is unsupported.",
      '{detail} is an invalid request method.',
      'Method is forbidden.',
    ),
  },
  InvalidHeader: {
    title: 'The request header {detail} has a name or a value that HTTP does not allow.',
    cure: 'Encode the value, for example with encodeURIComponent.',
  },
  BodyNotAllowed: {
    title: 'A {detail} request cannot have a body.',
    cure: 'Send the data in the query, or use POST.',
    console: typeError(
      'Request with GET/HEAD method cannot have body.',
      'HEAD or GET Request cannot have a body.',
      "Request has method 'GET' and cannot have a body",
    ),
  },
  MethodNotAllowedInNoCors: {
    title: 'In mode no-cors, only GET, HEAD and POST can be sent, not {detail}.',
    cure: "Leave out mode: 'no-cors' and let the server send CORS headers.",
    console: typeError(
      "'{detail}' is unsupported in no-cors mode.",
      'Invalid request method {detail}.',
      'Method must be GET, POST or HEAD in no-cors mode.',
    ),
  },
  'mixed-content': {
    title: 'A page over https may not call {url}, which is plain http.',
    cure: 'Serve the API over https. Safari blocks http://localhost too.',
    console: {
      chromium:
        "Mixed Content: The page at '{origin}/' was loaded over HTTPS, but requested an insecure resource '{url}'. This request has been blocked; the content must be served over HTTPS.",
      firefox: 'Blocked loading mixed active content “{url}”',
      safari:
        '[blocked] The page at {origin}/ requested insecure content from {url}. This content was blocked and must be served over HTTPS.',
    },
  },
  'mixed-form': {
    title: 'A form of a page over https posts to {url}, which is plain http: Chromium asks the person first.',
    cure: 'Serve the API over https.',
    console: {
      chromium:
        "Mixed Content: The page at '{origin}/' was loaded over a secure connection, but contains a form that targets an insecure endpoint '{url}'. This endpoint should be made available over a secure connection.",
    },
  },
  UrlCredentialsBlocked: {
    title: 'The answer redirects to a URL with a user name or password at {detail}, which Chromium does not follow.',
    cure: 'Leave the user name and the password out of Location.',
    console: {
      chromium:
        'Subresource requests whose URLs contain embedded credentials (e.g. `https://user:pass@host/`) are blocked.',
    },
  },
  LocalNetworkAccessPermissionDenied: {
    title: 'The address of {url} is more private than that of the page, and the permission for it was denied.',
    cure: 'Serve the page from the same network, or the API at a public address.',
    console: {
      chromium:
        "Access to fetch at '{url}' from origin '{origin}' has been blocked by CORS policy: Permission was denied for this request to access the `{detail}` address space.",
    },
  },
  LocalNetworkAccessPrompt: {
    title: 'Chromium asks the person for a permission before a page of {origin} may reach {url}.',
    cure: 'Serve the page from the same network, or the API at a public address.',
  },
  'corp-not-same-origin': {
    title: 'The answer is for its own origin alone (Cross-Origin-Resource-Policy: same-origin).',
    cure: 'Send Cross-Origin-Resource-Policy: cross-origin, or ask with CORS.',
    console: { chromium: 'GET {url} net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin' },
  },
  'corp-not-same-site': {
    title: 'The answer is for its own site alone (Cross-Origin-Resource-Policy: same-site).',
    cure: 'Send Cross-Origin-Resource-Policy: cross-origin, or ask with CORS.',
    console: { chromium: 'GET {url} net::ERR_BLOCKED_BY_RESPONSE.NotSameSite' },
  },
  RedirectNotFollowed: {
    title: "The answer redirects to {detail}, and redirect is 'error'.",
    cure: 'Call the address after the redirect, or leave out redirect.',
  },
  RedirectLocationInvalid: {
    title: 'The answer redirects to "{detail}", which is not an http or https URL.',
    cure: 'Send a valid URL in Location.',
  },
  TooManyRedirects: {
    title: 'More than 20 redirects.',
    cure: 'Look for two rules that redirect to each other, such as http to https and back behind a proxy.',
    console: { chromium: 'GET {url} net::ERR_TOO_MANY_REDIRECTS' },
  },
  EventSourceBadStatus: {
    title: 'An EventSource needs status 200; the answer has {detail}.',
    cure: 'Answer with 200.',
    console: { firefox: 'Firefox can’t establish a connection to the server at {url}.' },
  },
  EventSourceBadType: {
    title: 'An EventSource needs Content-Type: text/event-stream; the answer has "{detail}".',
    cure: 'Send Content-Type: text/event-stream.',
    console: {
      chromium:
        'EventSource\'s response has a MIME type ("{detail}") that is not "text/event-stream". Aborting the connection.',
    },
  },
};
