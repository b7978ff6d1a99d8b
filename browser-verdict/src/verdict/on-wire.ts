import { topLevelSite } from '../cookies/context.js';
import { fetchMetadata } from '../rules/fetch-metadata.js';
import { hasHeader, type HeaderList } from '../rules/header-list.js';
import { originHeader, serializedOrigin } from '../rules/origin-header.js';
import type { CacheKey } from '../rules/preflight-cache.js';
import { preflightHeaders, type PreflightQuestion } from '../rules/preflight.js';
import { originOf } from '../rules/urls.js';
import type { FetchState } from './fetch-state.js';
import type { WireRequest } from './wire.js';

/** The request of a preflight: no cookies, no body, no headers of the script. Fetch, "CORS-preflight fetch". */
export function preflightOnWire(state: FetchState, question: PreflightQuestion): WireRequest {
  const headers: HeaderList = [
    ['Accept', '*/*'],
    ...preflightHeaders(question),
    ['Origin', preflightOrigin(state)],
    ...metadata(state, 'cors'),
  ];
  return { kind: 'preflight', method: 'OPTIONS', url: state.url.href, headers, hasBody: false };
}

/** The origin that a preflight carries, and that its answer has to permit. */
export const preflightOrigin = ({ page, urls, session }: FetchState) =>
  session.rules.hidesOriginInPreflight ? serializedOrigin({ origin: page.origin, urls }) : page.origin;

/** The request itself. Fetch, "HTTP-network-or-cache fetch". */
export function requestOnWire(state: FetchState): WireRequest {
  const { method } = state;
  const origin = originOnWire(state);
  const cookie = state.takeCookies();
  const headers: HeaderList = [
    ...(hasHeader(state.headers, 'accept') ? [] : [['Accept', acceptOf(state)] as const]),
    ...state.headers,
    ...(origin === undefined ? [] : [['Origin', origin] as const]),
    ...metadata(state, state.request.mode),
    ...(cookie === undefined ? [] : [['Cookie', cookie] as const]),
  ];
  return { kind: 'request', method, url: state.url.href, headers, hasBody: state.hasBody };
}

function originOnWire(state: FetchState): string | undefined {
  const { page, request, urls, tainting, session } = state;
  if (page.byUser) return undefined;
  const { mode } = request;
  const { originFromOwnElements, originKeptAfterRedirect, originHiddenOnDowngrade } = session.rules;
  const isOwnElement = request.kind === 'element' && mode === 'cors' && originFromOwnElements;
  const isCors = tainting === 'cors' || isOwnElement;
  const method = originKeptAfterRedirect && isKept(state) ? 'POST' : state.method;
  const referrerPolicy = page.referrerPolicy ?? (originHiddenOnDowngrade ? '' : 'origin');
  const origin = isHidden(state, isCors) ? 'null' : page.origin;
  return originHeader({ origin, urls, method, mode, isCors, referrerPolicy });
}

function isHidden({ urls, request, session }: FetchState, isCors: boolean): boolean {
  const hidden = session.rules.originHiddenAfterRedirect;
  const isConcerned =
    hidden === 'all-without-cors' ? !isCors : hidden === 'navigations' && request.kind === 'navigation';
  return isConcerned && new Set(urls.map(originOf)).size > 1;
}

/** The hop before was of the same origin, and carried Origin. */
function isKept({ urls, verdict, request }: FetchState): boolean {
  if (request.kind === 'navigation') return false;
  const [before, now] = urls.slice(-2).map(originOf);
  const last = verdict.steps.at(-1);
  return before === now && last !== undefined && hasHeader(last.request.headers, 'origin');
}

function metadata({ page, urls, request, tainting, session }: FetchState, mode: string): HeaderList {
  const isOmitted = tainting === 'cors' && !session.rules.metadataAfterCorsRedirect && hasMoved(urls);
  if (isOmitted) return [];
  return fetchMetadata({ ...page, urls, mode, destination: request.destination });
}

/** The last redirect led to another origin. */
function hasMoved(urls: readonly URL[]): boolean {
  const [before, now] = urls.slice(-2).map(originOf);
  return now !== undefined && before !== now;
}

function acceptOf({ request }: FetchState): string {
  if (request.kind === 'event-source') return 'text/event-stream';
  return request.kind === 'navigation' ? 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' : '*/*';
}

/** Fetch, section 4.9, and the network partition key. */
export function cacheKey(state: FetchState): CacheKey {
  const { page, url, request } = state;
  const ancestors = page.ancestors ?? [];
  return {
    partition: topLevelSite({ url, initiator: page.origin, ancestors, method: 'OPTIONS', topLevelNavigation: false }),
    origin: preflightOrigin(state),
    url: url.href,
    credentials: request.credentials,
  };
}
