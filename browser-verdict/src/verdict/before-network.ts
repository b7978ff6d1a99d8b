import { addressSpaceOf, needsLocalNetworkPermission } from '../rules/local-network.js';
import { isMixed, mixedContent } from '../rules/mixed-content.js';
import { parseUrl } from '../rules/urls.js';
import type { FetchState } from './fetch-state.js';

/** Ends a request with a code of `explanations`. */
export type Blocked = [code: string, detail?: string];

/** What refuses this hop before anything is sent; undefined: nothing. Upgrades mixed images, and sets the tainting. */
export const blockedBeforeNetwork = (state: FetchState): Blocked | undefined =>
  blockedByMode(state) ?? blockedByContext(state) ?? chooseTainting(state);

/** Mixed Content and Local Network Access. */
function blockedByContext(state: FetchState): Blocked | undefined {
  const { page, request, session, url } = state;
  const embedder = page.ancestors?.[0];
  if (isMixedForm(state)) return ['mixed-form'];
  const verdict = mixedContent(
    {
      page: page.origin,
      ...(embedder === undefined ? {} : { embedder }),
      url,
      destination: request.destination,
      topLevelNavigation: request.kind === 'navigation' && request.destination === 'document',
    },
    session.rules,
  );
  if (verdict === 'blocked') return ['mixed-content'];
  if (verdict === 'upgraded') state.url = new URL(url.href.replace(/^http:/, 'https:'));
  return blockedByLocalNetwork(state);
}

/** Chromium shows a warning page instead of sending what a person wrote over plain http; after a redirect, if it is still a POST. */
function isMixedForm({ page, request, session, method, url, urls }: FetchState): boolean {
  if (!session.rules.confirmsMixedForms || !request.isForm || (urls.length > 1 && method !== 'POST')) return false;
  return page.origin.startsWith('https:') && isMixed({ page: page.origin, url, destination: '' }, session.rules);
}

/** Local Network Access: a permission in Chromium; unanswered, it is a warning. */
function blockedByLocalNetwork(state: FetchState): Blocked | undefined {
  const { page, session, request } = state;
  if (!session.rules.localNetworkAccess || request.kind === 'navigation') return undefined;
  const target = addressSpaceOf(state.url.hostname);
  const from = page.addressSpace ?? addressSpaceOf(parseUrl(page.origin)?.hostname ?? '');
  if (!needsLocalNetworkPermission(from, target) || session.localNetworkPermission === 'granted') return undefined;
  if (session.localNetworkPermission === 'denied') return ['LocalNetworkAccessPermissionDenied', target];
  state.verdict.warnings.push(state.reason('LocalNetworkAccessPrompt'));
  return undefined;
}

/** Fetch, "main fetch", step 11. Chromium looks at it before mixed content, and its code counts here. */
function blockedByMode(state: FetchState): Blocked | undefined {
  const { mode, redirect } = state.request;
  if (isLocal(state)) return undefined;
  if (mode === 'same-origin' && !state.isSameOrigin) return ['DisallowedByMode'];
  return mode === 'no-cors' && redirect !== 'follow' && !isOwn(state) ? ['NoCorsRedirectModeNotFollow'] : undefined;
}

const isLocal = ({ url }: FetchState) => url.protocol === 'data:';
const isOwn = (state: FetchState) => state.isSameOrigin && state.tainting === 'basic';

/** Fetch, "main fetch", step 11. */
export function chooseTainting(state: FetchState): Blocked | undefined {
  const { mode } = state.request;
  const isBasic = isOwn(state) || mode === 'navigate' || isLocal(state);
  state.tainting = isBasic ? 'basic' : mode === 'no-cors' ? 'opaque' : 'cors';
  return state.tainting !== 'cors' || /^https?:$/.test(state.url.protocol) ? undefined : ['CorsDisabledScheme'];
}
