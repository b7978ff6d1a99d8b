import { corsCheck, type CredentialsMode } from '../rules/cors-check.js';
import { serializedOrigin } from '../rules/origin-header.js';
import { judgePreflight, parsePermission, preflightFor, type PreflightQuestion } from '../rules/preflight.js';
import { mimeEssence } from '../rules/request-headers.js';
import { resourcePolicyFailure } from '../rules/resource-policy.js';
import { getHeader } from '../rules/header-list.js';
import { readableHeaders } from '../rules/response-headers.js';
import { parseUrl } from '../rules/urls.js';
import { blockedBeforeNetwork, chooseTainting, type Blocked } from './before-network.js';
import { cacheKey, preflightOnWire, preflightOrigin, requestOnWire } from './on-wire.js';
import type { BrowserSession } from './browser-session.js';
import { findCallError } from './call-errors.js';
import { emptyVerdict, FetchState } from './fetch-state.js';
import type { PageRequest } from './page-request.js';
import { isRedirect, redirect } from './redirect.js';
import type { PageContext, Verdict } from './verdict.js';
import type { WireAnswer, WireRequest, WireResponse } from './wire.js';

/** Asks for what the browser sends next, is given the answer, and returns the verdict. */
export type Exchange<Result> = Generator<WireRequest, Result, WireAnswer>;

/** What this browser does with a request of this page. Fetch, "fetch". Never throws. */
export function* fetchSteps(session: BrowserSession, page: PageContext, request: PageRequest): Exchange<Verdict> {
  const url = parseUrl(request.url, page.origin === 'null' ? undefined : page.origin);
  if (!url)
    return callError(new FetchState(session, page, request, new URL('about:invalid')), ['InvalidUrl', request.url]);
  url.hash = '';
  const state = new FetchState(session, page, request, url);
  const error = findCallError(request, url);
  if (error) return callError(state, error);
  const blocked = yield* run(state);
  if (blocked === undefined) return state.verdict;
  const reason = state.reason(...blocked);
  const last = state.verdict.steps.at(-1);
  if (last?.judgement === 'blocked') last.reason ??= reason;
  return Object.assign(state.verdict, { outcome: 'blocked', reason });
}

const callError = (state: FetchState, [code, detail]: [string, string]): Verdict => ({
  ...emptyVerdict(state.session),
  reason: state.reason(code, detail),
  isCallError: true,
});

/** Fetch, "main fetch", once for each hop. */
function* run(state: FetchState): Exchange<Blocked | undefined> {
  for (;;) {
    const refusal = blockedBeforeNetwork(state);
    if (refusal) return yield* refuse(state, refusal);
    if (!/^https?:$/.test(state.url.protocol)) return finishLocally(state);
    const question = questionFor(state);
    const failure = question && (yield* preflight(state, question));
    if (failure) return failure;
    const answer = yield* send(state);
    if (!('status' in answer)) return forget(state, answer);
    const next = redirect(state, answer);
    if (next === 'finished') return finish(state, answer);
    if (next !== 'again') return next[0] === 'RedirectNotFollowed' ? next : forget(state, next);
  }
}

/** A refusal after a redirect. */
function* refuse(state: FetchState, refusal: Blocked): Exchange<Blocked> {
  const { rules } = state.session;
  if (state.urls.length === 1) return refusal;
  if (rules.preflightBeforeMixedContent && refusal[0] === 'mixed-content' && chooseTainting(state) === undefined) {
    const question = questionFor(state);
    const failure = question && (yield* preflight(state, question));
    if (failure) return failure;
  }
  return forget(state, refusal, state.urls.at(-2));
}

/** Fetch, "clear cache entries", which the standard does after a network error of the request itself. */
function forget(state: FetchState, failure: Blocked, url = state.url): Blocked {
  const { session } = state;
  if (session.rules.forgetsPreflightOnFailure) session.preflights.clear({ ...cacheKey(state), url: url.href });
  return failure;
}

/** What a preflight has to ask, if one is needed. */
function questionFor(state: FetchState): PreflightQuestion | undefined {
  if (state.tainting !== 'cors' || !isScripted(state)) return undefined;
  const { method, session, request } = state;
  const again = session.rules.preflightAfterRedirect;
  const isForFirst = again === 'for-first-headers' || (again === 'always' && request.kind === 'beacon');
  const headers = isForFirst ? state.firstHeaders : state.headers;
  const question = preflightFor(method, headers, session.rules);
  if (question ?? (again === 'always' && preflightFor('GET', state.firstHeaders, session.rules)))
    state.isPreflighted = true;
  return question ?? (state.isPreflighted && again !== 'if-needed' ? { method, headers: [] } : undefined);
}

/** Fetch, "unsafe-request flag": images and scripts never need a preflight. */
const isScripted = ({ request }: FetchState) => request.kind === 'fetch' || request.kind === 'beacon';

/** `data:` and `about:` need no network. */
function finishLocally(state: FetchState): Blocked | undefined {
  if (!/^(?:data|blob|about):$/.test(state.url.protocol)) return ['CorsDisabledScheme'];
  return finish(state, { status: 200, headers: [] });
}

/** Fetch, "CORS-preflight fetch", unless the preflight cache has the answer. */
function* preflight(state: FetchState, question: PreflightQuestion): Exchange<Blocked | undefined> {
  const { session, request, verdict } = state;
  const key = cacheKey(state);
  if (session.preflights.covers(key, question, session.now())) return undefined;
  const wire = preflightOnWire(state, question);
  const answer = yield wire;
  const failure = 'failure' in answer ? { code: answer.failure, detail: answer.detail } : undefined;
  const judged =
    failure ??
    judgePreflight(answer as WireResponse, question, {
      origin: isUnchecked(state) ? undefined : preflightOrigin(state),
      credentials: request.credentials,
      rules: session.rules,
    });
  const isBlocked = 'code' in judged;
  verdict.steps.push({ request: wire, answer, judgement: isBlocked ? 'blocked' : 'passed' });
  if (isBlocked) rememberRefusal(state, judged.code, answer);
  if (isBlocked) return [judged.code, judged.detail];
  session.preflights.store(key, judged, session.now());
  return undefined;
}

/** A preflight with the origin of the page is no CORS request where it comes back to that origin. */
const isUnchecked = ({ session, isSameOrigin }: FetchState) => !session.rules.hidesOriginInPreflight && isSameOrigin;

function rememberRefusal(state: FetchState, code: string, answer: WireAnswer): void {
  const { session } = state;
  if (!session.rules.remembersRefusals || !code.includes('DisallowedByPreflight') || 'failure' in answer) return;
  const permission = parsePermission(answer.headers, session.rules);
  if ('methods' in permission) session.preflights.store(cacheKey(state), permission, session.now());
}

const withOrigin = ({ page, urls }: FetchState) => ({ origin: page.origin, urls });

/** Fetch, "HTTP fetch", steps 5 to 7: sends it, stores cookies, checks CORS and CORP. */
function* send(state: FetchState): Exchange<WireResponse | Blocked> {
  const { page, verdict, url } = state;
  const wire = requestOnWire(state);
  const answer = yield wire;
  const step = { request: wire, answer, judgement: 'passed' as 'passed' | 'redirected' | 'blocked' };
  verdict.steps.push(step);
  const block = (code: string, detail?: string): Blocked => {
    step.judgement = 'blocked';
    return [code, detail];
  };
  if ('failure' in answer) return block(answer.failure, answer.detail);
  state.storeCookies(answer.headers);
  if (isRedirect(answer)) step.judgement = 'redirected';
  if (state.tainting === 'cors') {
    const failure = corsCheck(answer.headers, serializedOrigin(withOrigin(state)), credentialsFor(state, answer));
    if (failure) return block(failure.code, failure.detail);
  }
  const policy = state.tainting === 'opaque' ? resourcePolicyFailure(answer.headers, page.origin, url) : undefined;
  return policy === undefined ? answer : block(policy);
}

/** The mode by which an answer is judged: Fetch knows only that of the request. */
function credentialsFor(state: FetchState, answer: WireResponse): CredentialsMode {
  const { credentials } = state.request;
  const isStricter = state.session.rules.redirectsNeedCredentials && state.beganAtOwn && isRedirect(answer);
  return isStricter && credentials === 'same-origin' ? 'include' : credentials;
}

/** Fetch, "main fetch", steps 13 to 18: filters the answer. */
function finish(state: FetchState, { status, headers }: WireResponse): Blocked | undefined {
  const { request, verdict, urls, url } = state;
  if (request.kind === 'event-source') {
    if (status !== 200) return ['EventSourceBadStatus', String(status)];
    const type = getHeader(headers, 'content-type') ?? '';
    if (mimeEssence(type) !== 'text/event-stream') return ['EventSourceBadType', type];
  }
  const isManual = request.redirect === 'manual' && isRedirect({ status, headers });
  const type = isManual ? 'opaqueredirect' : state.tainting;
  const isHidden = type === 'opaque' || isManual;
  verdict.outcome = isHidden || request.kind === 'navigation' || request.kind === 'beacon' ? 'opaque' : 'readable';
  verdict.response = {
    type,
    status: isHidden ? 0 : status,
    headers: readableHeaders(headers, type, request.credentials),
    url: isHidden ? '' : url.href,
    redirected: !isHidden && urls.length > 1,
  };
  return undefined;
}
