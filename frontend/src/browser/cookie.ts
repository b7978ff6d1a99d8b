import type { LoggedRequest } from '../api/request-log';

/** What a request says about the session cookie. */
type CookieResult = 'sent' | 'missing' | 'set' | 'not needed';

/** `blocked`: the log-in set the cookie, but later requests came without it. */
type CookieStatus = 'sent' | 'blocked' | 'none' | 'unknown';

/** The page cannot read the cookie (HttpOnly). But some requests succeed only with it. */
export function cookieResultOf({ method, path, outcome }: LoggedRequest): CookieResult {
  const isOk = typeof outcome === 'number' && outcome < 400;
  if (method === 'POST' && path === '/authentication/log-in') return isOk ? 'set' : 'not needed';
  if (outcome === 401) return 'missing';
  const isPublic = /\/(register|log-out)$/.test(path) || (method === 'GET' && !path.includes('/authentication'));
  return isOk && !isPublic ? 'sent' : 'not needed';
}

/** @param requests newest first */
export function cookieStatusOf(requests: readonly LoggedRequest[]): CookieStatus {
  const results = requests.map(cookieResultOf);
  const last = results.find((result) => result === 'sent' || result === 'missing');
  if (last !== 'missing') return last ?? 'unknown';
  const sinceLogIn = results.slice(0, Math.max(0, results.indexOf('set')));
  const hasLoggedOut = requests.slice(0, sinceLogIn.length).some(({ path }) => path.endsWith('/log-out'));
  return sinceLogIn.length > 0 && !sinceLogIn.includes('sent') && !hasLoggedOut ? 'blocked' : 'none';
}
