import {
  BrowserSession,
  fetchRequest,
  judge,
  relate,
  type BrowserName,
  type Reason,
  type Verdict,
  type WireRequest,
  type WireResponse,
} from 'browser-verdict';
import { cookieAttributes, describeAttributes } from './cookies.js';

export interface SimulatedLogIn {
  browser: BrowserName;
  /** Why the page is not logged in afterwards; undefined: it is. */
  reason?: Reason | undefined;
  /** The browser keeps the cookie apart for this site of pages. */
  isPartitioned: boolean;
}

const cookieName = 'Authentication';

/**
 * What a browser does when a page logs in at this API and then calls it: by the rules of `browser-verdict`, without a network.
 * @param apiUrl the public URL of this API
 * @param page an origin that this API allows
 */
export function simulateLogIn(apiUrl: URL, page: string, browser: BrowserName): SimulatedLogIn {
  const session = new BrowserSession(browser);
  const call = (path: string, method: string) => {
    const request = fetchRequest(apiUrl.origin + path, {
      method,
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
    });
    return judge(session, { origin: page }, request, (wire) => answer(wire, apiUrl, page));
  };
  const logIn = call('/authentication/log-in', 'POST');
  const next = call('/authentication', 'GET');
  const isLoggedIn = next.cookies.sent.some(({ name }) => name === cookieName);
  return {
    browser,
    reason: isLoggedIn ? undefined : (reasonOf(logIn) ?? reasonOf(next)),
    isPartitioned: logIn.cookies.stored.some(({ partitioned }) => partitioned),
  };
}

/** The answer of this API, as far as browsers look at it. */
function answer({ kind, method }: WireRequest, apiUrl: URL, page: string): WireResponse {
  const headers: [string, string][] = [
    ['Access-Control-Allow-Origin', page],
    ['Access-Control-Allow-Credentials', 'true'],
  ];
  if (kind === 'preflight')
    headers.push(['Access-Control-Allow-Methods', 'GET,POST'], ['Access-Control-Allow-Headers', 'Content-Type']);
  else if (method === 'POST') {
    const attributes = describeAttributes(cookieAttributes(apiUrl, relate(page, apiUrl.origin)));
    headers.push(['Set-Cookie', `${cookieName}=1; Path=/; ${attributes}`]);
  }
  return { status: kind === 'preflight' ? 204 : 200, headers };
}

const reasonOf = ({ reason, cookies }: Verdict): Reason | undefined => reason ?? cookies.blocked[0]?.explained[0];
