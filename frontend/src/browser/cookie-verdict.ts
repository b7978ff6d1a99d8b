import { BrowserSession, fetchRequest, judge, relate, type BrowserName, type Reason } from 'browser-verdict';

/**
 * Why this browser does not keep, or send, the cookies that the API sets for this page, by the rules of `browser-verdict`.
 * @returns undefined when it should keep and send them
 */
export function explainBlockedCookie(pageOrigin: string, apiUrl: string, browser: BrowserName): Reason | undefined {
  const { origin, protocol } = new URL(apiUrl);
  const isCrossSite = protocol === 'https:' && relate(pageOrigin, origin) === 'cross-site';
  const attributes = isCrossSite ? 'Secure; SameSite=None; Partitioned' : 'SameSite=Lax';
  const headers = [
    ['Access-Control-Allow-Origin', pageOrigin],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Set-Cookie', `Authentication=1; Path=/; HttpOnly; ${attributes}`],
  ] as const;
  const session = new BrowserSession(browser);
  const request = fetchRequest(apiUrl, { credentials: 'include' });
  const logIn = judge(session, { origin: pageOrigin }, request, () => ({ status: 200, headers }));
  const next = judge(session, { origin: pageOrigin }, request, () => ({ status: 200, headers: headers.slice(0, 2) }));
  const explained = [...logIn.cookies.blocked, ...next.cookies.blocked].flatMap((cookie) => cookie.explained);
  return logIn.reason ?? explained[0];
}
