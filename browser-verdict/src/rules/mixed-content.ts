import type { BrowserRules } from './browser-rules.js';
import { isLoopback, isTrustworthy, isTrustworthyOrigin, originOf, parseUrl } from './urls.js';

export type MixedContent = 'allowed' | 'blocked' | 'upgraded';

export interface MixedContentRequest {
  /** The page, or the frame or worker in it: `https:` ones prohibit mixed content, as do those inside them. */
  page: string;
  /** A `data:` worker or a sandboxed frame: it has no origin of its own, and obeys the page that made it. */
  embedder?: string;
  url: URL;
  destination: string;
  /** `srcset` and `picture`: never upgraded. */
  imageSet?: boolean;
  /** A navigation of the whole tab, also by a form: allowed, with a warning. */
  topLevelNavigation?: boolean;
}

type Rules = Pick<BrowserRules, 'loopbackIsNoMixedContent' | 'upgradesMixedMedia'>;

/** Mixed Content, sections 4.1 to 4.4. `localhost` counts as trustworthy (Secure Contexts), but not in WebKit. */
export function mixedContent(request: MixedContentRequest, rules: Rules): MixedContent {
  if (!isMixed(request, rules) || request.topLevelNavigation) return 'allowed';
  const isMedia = ['image', 'audio', 'video'].includes(request.destination) && !request.imageSet;
  return isMedia && rules.upgradesMixedMedia && request.url.protocol === 'http:' && !isIpLiteral(request.url)
    ? 'upgraded'
    : 'blocked';
}

/** An IP address has no certificate, so it is not upgraded. Mixed Content, section 4.1. */
const isIpLiteral = ({ hostname }: URL) => /^[\d.]+$|^\[/.test(hostname);

/** Mixed Content, "does settings prohibit mixed security contexts" and "is url a priori authenticated". */
export function isMixed(
  { page, embedder, url }: MixedContentRequest,
  rules: Pick<Rules, 'loopbackIsNoMixedContent'>,
): boolean {
  const prohibits = [page, embedder].some((each) => each !== undefined && prohibitsMixedContent(each));
  if (!prohibits || isInnerTrustworthy(url))
    return !rules.loopbackIsNoMixedContent && prohibits && isPlainLoopback(url);
  return true;
}

const prohibitsMixedContent = (page: string) => {
  const url = parseUrl(page);
  return url?.protocol === 'https:' || (url?.protocol === 'blob:' && originOf(url).startsWith('https:'));
};

const isPlainLoopback = (url: URL) => /^(?:http|ws):$/.test(url.protocol) && isLoopback(url.hostname);

function isInnerTrustworthy(url: URL): boolean {
  const inner = /^(?:blob|filesystem):(.*)$/.exec(url.href)?.[1];
  if (inner === undefined) return isTrustworthy(url);
  const innerUrl = parseUrl(inner);
  return innerUrl !== undefined && isTrustworthyOrigin(originOf(innerUrl));
}
