import type { Explanations } from './reason.js';

const chromium = (words: string) =>
  `Access to fetch at '{url}' from origin '{origin}' has been blocked by CORS policy: ${words}`;
const chromiumPreflight = (words: string) =>
  chromium(`Response to preflight request doesn't pass access control check: ${words}`);
const firefox = (words: string) =>
  `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. (Reason: ${words}).`;

const checks: Explanations = {
  MissingAllowOriginHeader: {
    title: 'The answer has no Access-Control-Allow-Origin.',
    cure: 'Let the server answer {origin} with Access-Control-Allow-Origin: {origin}, on errors too.',
    console: {
      chromium: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
      firefox: 'CORS header ‘Access-Control-Allow-Origin’ missing',
      safari: 'Origin {origin} is not allowed by Access-Control-Allow-Origin.',
    },
  },
  WildcardOriginNotAllowed: {
    title: 'Access-Control-Allow-Origin is *, but the request has credentials.',
    cure: 'Send Access-Control-Allow-Origin: {origin} instead of *, with Vary: Origin; or leave out the credentials.',
    console: {
      chromium:
        "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
      firefox: 'Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’',
      safari: 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.',
    },
  },
  MultipleAllowOriginValues: {
    title: 'Access-Control-Allow-Origin has several values: "{detail}".',
    cure: 'Send exactly one origin. If a proxy and the application both add the header, remove it from the proxy.',
    console: {
      chromium:
        "The 'Access-Control-Allow-Origin' header contains multiple values '{detail}', but only one is allowed. Have the server send the header with a valid value.",
      firefox: 'Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed',
      safari: 'Access-Control-Allow-Origin cannot contain more than one origin.',
    },
  },
  InvalidAllowOriginValue: {
    title: 'Access-Control-Allow-Origin is "{detail}", which is no origin.',
    cure: 'Send Access-Control-Allow-Origin: {origin}, with its scheme.',
    console: {
      chromium:
        "The 'Access-Control-Allow-Origin' header contains the invalid value '{detail}'. Have the server send the header with a valid value.",
      firefox: 'CORS header ‘Access-Control-Allow-Origin’ does not match ‘{detail}’',
      safari: 'Origin {origin} is not allowed by Access-Control-Allow-Origin.',
    },
  },
  AllowOriginMismatch: {
    title: 'Access-Control-Allow-Origin is "{detail}", which is not {origin}.',
    cure: 'Send Access-Control-Allow-Origin: {origin}, exactly so: no slash at the end, the same scheme, host and port.',
    console: {
      chromium:
        "The 'Access-Control-Allow-Origin' header has a value '{detail}' that is not equal to the supplied origin. Have the server send the header with a valid value.",
      firefox: 'CORS header ‘Access-Control-Allow-Origin’ does not match ‘{detail}’',
      safari: 'Origin {origin} is not allowed by Access-Control-Allow-Origin.',
    },
  },
  InvalidAllowCredentials: {
    title: 'The request has credentials, but Access-Control-Allow-Credentials is "{detail}", not "true".',
    cure: 'Send Access-Control-Allow-Credentials: true, in lower case.',
    console: {
      chromium:
        "The value of the 'Access-Control-Allow-Credentials' header in the response is '{detail}' which must be 'true' when the request's credentials mode is 'include'.",
      firefox: 'expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’',
      safari: 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".',
    },
  },
};

const withFrames = (entries: Explanations, frame: (words: string) => string): Explanations =>
  Object.fromEntries(
    Object.entries(entries).map(([code, { console, ...rest }]) => [
      code,
      {
        ...rest,
        console: { ...console, chromium: frame(console?.chromium ?? ''), firefox: firefox(console?.firefox ?? '') },
      },
    ]),
  );

const ofPreflights: Explanations = Object.fromEntries(
  Object.entries(withFrames(checks, chromiumPreflight)).map(([code, { title, cure, ...rest }]) => [
    `Preflight${code}`,
    { ...rest, title: `On the preflight: ${title}`, cure: `For OPTIONS too: ${cure}` },
  ]),
);

/** The CORS check and the preflight. Codes: DevTools protocol, `Network.CorsError`; words: measured. */
export const corsReasons: Explanations = {
  ...withFrames(checks, chromium),
  ...ofPreflights,
  PreflightInvalidStatus: {
    title: 'The preflight was answered with status {detail}.',
    cure: 'Answer OPTIONS with 204 before log-in, limits and routing are checked: a preflight carries no cookie and no token.',
    console: {
      chromium: chromiumPreflight('It does not have HTTP ok status.'),
      firefox: firefox('CORS preflight response did not succeed'),
      safari: 'Preflight response is not successful. Status code: {detail}',
    },
  },
  PreflightDisallowedRedirect: {
    title: 'The preflight was redirected to {detail}.',
    cure: 'Call the address after the redirect ({detail}) directly; a preflight may not be redirected.',
    console: {
      chromium: chromiumPreflight('Redirect is not allowed for a preflight request.'),
      firefox: firefox('CORS request external redirect not allowed'),
      safari: 'Preflight response is not successful.',
    },
  },
  InvalidAllowMethodsPreflightResponse: {
    title: 'Access-Control-Allow-Methods cannot be parsed: "{detail}".',
    cure: 'Separate the methods by commas.',
    console: {
      chromium: chromium('Cannot parse Access-Control-Allow-Methods response header field in preflight response.'),
      firefox: firefox('invalid token ‘{detail}’ in CORS header ‘Access-Control-Allow-Methods’'),
      safari: 'Access-Control-Allow-Methods cannot be parsed.',
    },
  },
  InvalidAllowHeadersPreflightResponse: {
    title: 'Access-Control-Allow-Headers cannot be parsed: "{detail}".',
    cure: 'Separate the header names by commas.',
    console: {
      chromium: chromium('Cannot parse Access-Control-Allow-Headers response header field in preflight response.'),
      firefox: firefox('invalid token ‘{detail}’ in CORS header ‘Access-Control-Allow-Headers’'),
      safari: 'Access-Control-Allow-Headers cannot be parsed.',
    },
  },
  MethodDisallowedByPreflightResponse: {
    title: 'The method {detail} is not in Access-Control-Allow-Methods.',
    cure: 'Add {detail} to Access-Control-Allow-Methods. Methods are case-sensitive, and * does not count with credentials.',
    console: {
      chromium: chromium('Method {detail} is not allowed by Access-Control-Allow-Methods in preflight response.'),
      firefox: firefox('Did not find method in CORS header ‘Access-Control-Allow-Methods’'),
      safari: 'Method {detail} is not allowed by Access-Control-Allow-Methods.',
    },
  },
  HeaderDisallowedByPreflightResponse: {
    title: 'The header {detail} is not in Access-Control-Allow-Headers.',
    cure: 'Add {detail} to Access-Control-Allow-Headers; * counts neither with credentials nor for Authorization.',
    console: {
      chromium: chromium(
        'Request header field {detail} is not allowed by Access-Control-Allow-Headers in preflight response.',
      ),
      firefox: firefox(
        'header ‘{detail}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response',
      ),
      safari: 'Request header field {detail} is not allowed by Access-Control-Allow-Headers.',
    },
  },
  RedirectContainsCredentials: {
    title: 'The answer redirects to a URL with a user name or password: {detail}.',
    cure: 'Leave the user name and the password out of Location.',
    console: {
      chromium: chromium(
        "Redirect location '{detail}' contains a username and password, which is disallowed for cross-origin requests.",
      ),
      firefox: firefox('CORS request external redirect not allowed'),
    },
  },
  CorsDisabledScheme: {
    title: 'The scheme of {url} is not http or https.',
    cure: 'Call an https URL.',
    console: {
      chromium: chromium('Cross origin requests are only supported for protocol schemes: chrome, data, http, https.'),
      firefox: firefox('CORS request not http'),
    },
  },
  DisallowedByMode: {
    title: 'The mode is same-origin, but {url} is another origin.',
    cure: "Leave out mode: 'same-origin'.",
    console: {
      chromium:
        'Fetch API cannot load {url}. Request mode is "same-origin" but the URL\'s origin is not same as the request origin {origin}.',
    },
  },
  NoCorsRedirectModeNotFollow: {
    title: "In mode no-cors, redirect has to be 'follow'.",
    cure: "Leave out redirect, or leave out mode: 'no-cors'.",
    console: { chromium: 'Fetch API cannot load {url}. "no-cors" mode requires the redirect mode to be "follow".' },
  },
};
