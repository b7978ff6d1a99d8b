import { isSafelistedMethod, preflightFor } from 'browser-verdict';

/**
 * The reasons why the browser sends a preflight before this request; none when it sends no preflight.
 * @param pageOrigin the origin of the page that sends the request
 */
export function preflightReasons(
  { url, method, headers }: Pick<Request, 'url' | 'method' | 'headers'>,
  pageOrigin: string,
): string[] {
  const preflight = preflightFor(method, [...headers]);
  if (preflight === undefined || new URL(url).origin === pageOrigin) return [];
  const headerReasons = preflight.headers.map((name) => `${name}: ${headers.get(name)}`);
  return [...(isSafelistedMethod(method) ? [] : [method]), ...headerReasons];
}
