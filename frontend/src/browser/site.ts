export type Relation = 'same origin' | 'same site' | 'cross-site';

/**
 * How the browser sees two addresses: HTML, section 7.1.1 (schemelessly same site) with the scheme, as cookies have it.
 * Ports do not count.
 * @param mayShareCookies whether hosts below this domain belong together
 */
export function relationOf(page: URL, api: URL, mayShareCookies: (domain: string) => boolean): Relation {
  if (page.origin === api.origin) return 'same origin';
  if (page.protocol !== api.protocol) return 'cross-site';
  const isSameSite = page.hostname === api.hostname || mayShareCookies(commonEnd(page.hostname, api.hostname));
  return isSameSite ? 'same site' : 'cross-site';
}

/** `example.com` of `app.example.com` and `api.example.com`. */
function commonEnd(one: string, other: string): string {
  const labels = one.split('.');
  const start = labels.findIndex((_, index) => `.${other}`.endsWith(`.${labels.slice(index).join('.')}`));
  return start === -1 ? '' : labels.slice(start).join('.');
}

/** Asks the browser, which has the public suffix list: it keeps a cookie for `example.com`, and none for `github.io`. */
export function mayShareCookies(domain: string): boolean {
  if (!domain.includes('.')) return false;
  const attributes = `Domain=${domain}; Path=/; SameSite=Lax`;
  document.cookie = `site-probe=1; ${attributes}`;
  const isKept = document.cookie.includes('site-probe=1');
  document.cookie = `site-probe=; Max-Age=0; ${attributes}`;
  return isKept;
}
