import type { BrowserName } from '../../src/rules/browsers.js';
import { BrowserSession } from '../../src/verdict/browser-session.js';
import { judge } from '../../src/verdict/judge.js';
import {
  beaconRequest,
  elementRequest,
  eventSourceRequest,
  fetchRequest,
  formRequest,
  navigationRequest,
  type PageRequest,
} from '../../src/verdict/page-request.js';
import type { PageContext, Verdict } from '../../src/verdict/verdict.js';
import type { WireAnswer, WireRequest } from '../../src/verdict/wire.js';
import { askingsOf, isUnwatched, type Asking } from './case.js';
import { see, type Observation, type Seen } from './observation.js';
import { reasonsOf } from './reasons.js';
import { respond, type Names } from './respond.js';

export interface Simulation extends Observation {
  /** On what the page asked for. */
  verdicts: Verdict[];
}

/** Walks through a case as `run` does with a real browser. */
export function simulate(names: Names, browser: BrowserName): Simulation {
  const { scenario } = names;
  const session = new BrowserSession(browser, { now: () => 0, blockThirdPartyCookies: scenario.blockThirdParty });
  const seen: Seen[] = [];
  const ask = (page: PageContext, request: PageRequest): Verdict =>
    judge(session, page, request, (wire) => answer(names, wire, seen));
  const typed = (url: string) => ask({ origin: 'null', byUser: true }, navigationRequest(url));
  if (scenario.cookies.length > 0) typed(names.first('set'));
  typed(`${names.page}/${names.run}/page`);
  const page: PageContext = { origin: names.page };
  const verdicts = askingsOf(scenario).map((asking) => ask(page, requestOf(asking, names.hop(0))));
  if (isUnwatched(scenario.asking)) typed(`${names.page}/${names.run}/page`);
  ask(page, fetchRequest(names.first('check'), { mode: 'no-cors', credentials: 'include' }));
  typed(names.first('visit'));
  const outcomes = verdicts.map((verdict) => outcomeOf(scenario.asking, verdict));
  return { verdicts, seen, outcomes, ...(browser === 'chromium' ? { reasons: reasonsOf(verdicts) } : {}) };
}

function answer(names: Names, wire: WireRequest, seen: Seen[]): WireAnswer {
  // The parser of Node.js knows no method in lower case.
  if (wire.method !== wire.method.toUpperCase()) return { status: 400, headers: [] };
  seen.push(see(wire.method, wire.url, wire.headers));
  return respond(names, wire.method, new URL(wire.url), wire.kind === 'preflight');
}

export function requestOf(asking: Asking, url: string): PageRequest {
  switch (asking.kind) {
    case 'fetch':
      return fetchRequest(url, asking.init);
    case 'beacon':
      return beaconRequest(url, asking.type);
    case 'event-source':
      return eventSourceRequest(url, asking.withCredentials);
    case 'form':
      // A form without fields, sent with GET, leaves an empty query.
      return formRequest(asking.method === 'GET' ? `${url}?` : url, asking.method);
    case 'link':
      return navigationRequest(url);
    default:
      return elementRequest(url, asking.kind, asking.crossorigin === null ? {} : { crossorigin: asking.crossorigin });
  }
}

/** As the page itself would write it: see `inPage`. */
function outcomeOf({ kind }: Asking, { outcome, response, isCallError }: Verdict): string {
  if (kind === 'fetch') {
    if (outcome === 'blocked' || !response) return 'error';
    const names = response.headers
      .map(([name]) => name.toLowerCase())
      .filter((name) => /^x-(?:seen|hidden)$/.test(name));
    return [response.type, response.status, response.redirected, ...names.sort()].join(' ');
  }
  if (kind === 'image' || kind === 'script' || kind === 'event-source') return outcome === 'blocked' ? 'error' : 'load';
  return isCallError ? 'error' : 'unknown';
}
