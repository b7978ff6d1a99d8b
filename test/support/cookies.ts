interface ResponseWithHeaders {
  headers: Record<string, unknown>;
}

/** The `Set-Cookie` lines of a response. */
export function setCookieLines({ headers }: ResponseWithHeaders): string[] {
  return (headers['set-cookie'] ?? []) as string[];
}

/** The cookies of a session as a browser sends them back, `name=value`; empty where the response clears or sets none. */
export function cookiesOf(response: ResponseWithHeaders): { access: string; refresh: string } {
  const pairs = setCookieLines(response).map((line) => line.split(';', 1)[0] ?? '');
  const find = (name: RegExp) => pairs.find((pair) => name.test(pair)) ?? '';
  return { access: find(/^(__Host-)?Authentication=./), refresh: find(/^(__Host-)?Refresh=./) };
}

/** The token in a cookie `name=value`. */
export function tokenOf(cookie: string): string {
  return cookie.slice(cookie.indexOf('=') + 1);
}

/** What a cookie was set with, apart from its lifetime. */
export function attributesOf(line: string): string[] {
  return line
    .split('; ')
    .slice(1)
    .filter((attribute) => !/^(Max-Age|Expires)=/.test(attribute));
}
