import type { HeaderList } from './header-list.js';
import { isSameSite, isTrustworthy, originOf } from './urls.js';

export interface MetadataRequest {
  /** The origin of the page or frame that asks. */
  origin: string;
  /** The URLs so far: the requested one and those it was redirected to. */
  urls: readonly URL[];
  mode: string;
  destination: string;
  /** A navigation that a click of the user caused. */
  userActivated?: boolean;
  /** The address bar, a bookmark: no page asked for it. */
  byUser?: boolean;
}

/**
 * The `Sec-Fetch-*` headers; none towards an address that is not trustworthy (Fetch Metadata, section 2.1 to 2.4).
 * @param destination as Fetch names it, where `''` becomes `empty`
 */
export function fetchMetadata(request: MetadataRequest): HeaderList {
  const target = request.urls.at(-1);
  if (!target || !isTrustworthy(target)) return [];
  return [
    ['Sec-Fetch-Site', fetchSite(request)],
    ['Sec-Fetch-Mode', request.mode],
    ...(request.mode === 'navigate' && request.userActivated ? [['Sec-Fetch-User', '?1'] as const] : []),
    ['Sec-Fetch-Dest', request.destination === '' ? 'empty' : request.destination],
  ];
}

/** Fetch Metadata, "set the Sec-Fetch-Site header": the worst relation of all hops. */
export function fetchSite({ origin, urls, byUser }: MetadataRequest): string {
  if (byUser) return 'none';
  const origins = urls.map(originOf);
  if (origins.every((each) => each === origin && each !== 'null')) return 'same-origin';
  return origins.every((each) => each === origin || isSameSite(each, origin)) ? 'same-site' : 'cross-site';
}
