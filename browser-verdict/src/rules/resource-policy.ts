import { getHeader, type HeaderList } from './header-list.js';
import { isSchemelesslySameSite, originOf } from './urls.js';

/**
 * May a page of `origin` use this answer without CORS (an image, a script, `no-cors`)? Undefined: yes. Fetch, "cross-origin resource
 * policy internal check"; codes: DevTools protocol, `Network.BlockedReason`.
 */
export function resourcePolicyFailure(headers: HeaderList, origin: string, url: URL): string | undefined {
  if (originOf(url) === origin) return undefined;
  const policy = getHeader(headers, 'cross-origin-resource-policy');
  if (policy === 'same-origin') return 'corp-not-same-origin';
  if (policy !== 'same-site') return undefined;
  const isSecureEnough = origin.startsWith('https:') || url.protocol !== 'https:';
  return isSchemelesslySameSite(origin, originOf(url)) && isSecureEnough ? undefined : 'corp-not-same-site';
}
