import { isIpAddress, parseUrl, registrableDomain } from '../rules/urls.js';

/** The host as a URL serialises it. RFC 6265bis, section 5.1.2. */
export function canonicalHost(host: string): string | undefined {
  const text = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return parseUrl(`http://${text}`)?.hostname;
}

/** RFC 6265bis, section 5.1.3. Both in canonical form. */
export function domainMatches(host: string, domain: string): boolean {
  if (host === domain) return true;
  return domain !== '' && host.endsWith(`.${domain}`) && !isIpAddress(host);
}

/** RFC 6265bis, section 5.1.4. */
export function pathMatches(requestPath: string, cookiePath: string): boolean {
  if (requestPath === cookiePath) return true;
  if (!requestPath.startsWith(cookiePath)) return false;
  return cookiePath.endsWith('/') || requestPath[cookiePath.length] === '/';
}

/** RFC 6265bis, section 5.1.4: the folder of the URL. */
export function defaultPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return !path.startsWith('/') || slash === 0 ? '/' : path.slice(0, slash);
}

/**
 * The host for which a Domain attribute makes a cookie, or undefined when it is refused. RFC 6265bis, section 5.7, steps 6 to 10.
 * @param attribute in lower case and without its leading dot
 */
export function cookieDomain(
  host: string,
  attribute: string | undefined,
): { domain: string; hostOnly: boolean } | undefined {
  const own = { domain: host, hostOnly: true };
  if (attribute === undefined || attribute === '') return own;
  // eslint-disable-next-line no-control-regex
  if (/[^\x00-\x7F]/.test(attribute)) return undefined;
  const domain = canonicalHost(attribute);
  if (domain === undefined || /[:/?#@\s]/.test(attribute.replace(/^\[.*\]$/, ''))) return undefined;
  if (isIpAddress(host)) return attribute === host ? own : undefined;
  if (isPublicSuffix(domain)) return domain === host ? own : undefined;
  return domainMatches(host, domain) ? { domain, hostOnly: false } : undefined;
}

/** `com`, `github.io`. A name of one label is one, `localhost` included. */
const isPublicSuffix = (domain: string) => registrableDomain(domain) === null;
