import { getHeader, hasHeader } from '../rules/header-list.js';
import { isClientHint } from '../rules/request-headers.js';
import { originOf, parseUrl } from '../rules/urls.js';
import type { FetchState } from './fetch-state.js';
import type { WireResponse } from './wire.js';

const MAX_REDIRECTS = 20;
const BODY_HEADERS = new Set([
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
  'content-length',
]);

/** Fetch, "redirect status", with a Location. */
export const isRedirect = ({ status, headers }: WireResponse) =>
  [301, 302, 303, 307, 308].includes(status) && getHeader(headers, 'location') !== null;

/** Prepares the next hop. Fetch, "HTTP fetch", step 8, and "HTTP-redirect fetch". */
export function redirect(
  state: FetchState,
  answer: WireResponse,
): 'finished' | 'again' | [code: string, detail?: string] {
  const { request, url, urls } = state;
  if (![301, 302, 303, 307, 308].includes(answer.status)) return 'finished';
  const value = getHeader(answer.headers, 'location');
  if (request.redirect === 'error') return refuseToFollow(state, value ?? '');
  if (request.redirect === 'manual' || value === null) return 'finished';
  const location = parseUrl(value, url);
  if (!location || !/^https?:$/.test(location.protocol)) return ['RedirectLocationInvalid', value];
  if (urls.length > MAX_REDIRECTS) return ['TooManyRedirects'];
  if (isRefusedForCredentials(state, location)) return ['RedirectContainsCredentials', location.href];
  if (isBlockedForCredentials(state, location)) return ['UrlCredentialsBlocked', location.origin];
  if (location.hash === '') location.hash = url.hash;
  changeMethod(state, answer.status);
  if (originOf(location) !== originOf(url)) leaveOrigin(state);
  if (isHintDropped(state, location)) dropHeader(state, isClientHint);
  urls.push(location);
  return 'again';
}

/** Chromium looks at the user name before it looks at the mode: cors_url_loader.cc, `OnReceiveRedirect`. */
function refuseToFollow(state: FetchState, value: string): [code: string, detail: string] {
  const location = parseUrl(value, state.url);
  const isToldOfCredentials = state.session.rules.blocksUrlCredentials && location;
  return isToldOfCredentials && isRefusedForCredentials(state, location)
    ? ['RedirectContainsCredentials', location.href]
    : ['RedirectNotFollowed', value];
}

function isRefusedForCredentials({ request, page, tainting }: FetchState, location: URL): boolean {
  if (!hasCredentials(location)) return false;
  return tainting === 'cors' || (request.mode === 'cors' && originOf(location) !== page.origin);
}

const hasCredentials = ({ username, password }: URL) => username !== '' || password !== '';

const isBlockedForCredentials = ({ request, session }: FetchState, location: URL) =>
  session.rules.blocksUrlCredentials &&
  request.kind !== 'navigation' &&
  request.kind !== 'beacon' &&
  hasCredentials(location);

/** Chromium's Permissions Policy keeps client hints for the origin of the page: blink/common/client_hints, `FindClientHintsToRemove`. */
const isHintDropped = ({ session, page }: FetchState, location: URL) =>
  session.rules.safelistedClientHints && originOf(location) !== page.origin;

/** Fetch, "HTTP-redirect fetch", step 12. */
function changeMethod(state: FetchState, status: number): void {
  const { method } = state;
  const isPostMoved = (status === 301 || status === 302) && method === 'POST';
  if (!isPostMoved && !(status === 303 && method !== 'GET' && method !== 'HEAD')) return keepBody(state, status);
  state.method = 'GET';
  state.hasBody = false;
  dropHeader(state, (name) => BODY_HEADERS.has(name));
}

/** Not in Fetch: WebKit adds the Content-Type again, unless the request has left its own origin. */
function keepBody(state: FetchState, status: number): void {
  const { session, tainting, headers, firstHeaders } = state;
  const comesBack = session.rules.contentTypeComesBack && (tainting === 'cors' || (status >= 307 && !state.hasLeftOwn));
  if (!comesBack || hasHeader(headers, 'content-type')) return;
  state.headers = [...headers, ...firstHeaders.filter(([name]) => name.toLowerCase() === 'content-type')];
}

/** Fetch, "HTTP-redirect fetch", step 13. */
function leaveOrigin(state: FetchState): void {
  dropHeader(state, (name) => name === 'authorization');
  if (state.session.rules.deleteBecomesGet && state.method === 'DELETE') state.method = 'GET';
}

function dropHeader(state: FetchState, isDropped: (name: string) => boolean): void {
  state.headers = state.headers.filter(([name]) => !isDropped(name.toLowerCase()));
}
