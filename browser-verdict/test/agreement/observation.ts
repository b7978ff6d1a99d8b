import type { Names } from './respond.js';
import { getHeader, type HeaderList } from '../../src/rules/header-list.js';

/** One request as a server saw it. */
export interface Seen {
  method: string;
  url: string;
  origin: string | null;
  cookie: string | null;
  askedMethod: string | null;
  askedHeaders: string | null;
  /** Sec-Fetch-Site, -Mode, -Dest. */
  metadata: string;
  /** Of the script: what came through. */
  custom: string;
}

/** What a run of a case showed. */
export interface Observation {
  seen: Seen[];
  /** What the page could tell: one entry for each request of its own. */
  outcomes: string[];
  /** Chromium's reasons; undefined: this browser does not tell. */
  reasons?: Reasons;
}

/** Of the DevTools protocol, domain Network. Cookies as `name: reasons`. */
export interface Reasons {
  /** Why requests were blocked: `CorsError` or `BlockedReason`. */
  codes: string[];
  /** Why cookies were not stored: `SetCookieBlockedReason`. */
  unstored: string[];
  /** Why cookies were not sent: `CookieBlockedReason`. */
  unsent: string[];
}

const CUSTOM = ['x-test', 'x-other', 'content-type', 'authorization', 'range', 'dpr'];

export function see(method: string, url: string, headers: HeaderList): Seen {
  const get = (name: string) => getHeader(headers, name);
  const isPreflight = method === 'OPTIONS' && get('access-control-request-method') !== null;
  const sorted = get('cookie')?.split('; ').sort().join('; ');
  const target = new URL(url);
  target.username = target.password = '';
  return {
    ...{ method, url: target.href, origin: get('origin'), cookie: sorted ?? null },
    ...{ askedMethod: get('access-control-request-method'), askedHeaders: get('access-control-request-headers') },
    metadata: isPreflight ? '' : ['site', 'mode', 'dest'].map((name) => get(`sec-fetch-${name}`) ?? '-').join(' '),
    custom: isPreflight
      ? ''
      : CUSTOM.flatMap((name) =>
          get(name) === null
            ? []
            : [`${name}: ${(get(name) ?? '').replace(/;\s*charset=/i, ';charset=').toLowerCase()}`],
        ).join('; '),
  };
}

/** An observation as lines that can be compared; the name of the run is left out. */
export function describe({ run, scenario }: Names, { seen, outcomes, reasons }: Observation): string[] {
  const { asking, hops } = scenario;
  const isBeacon = asking.kind === 'beacon';
  // Chromium follows a beacon in another process than the one that tells, which may refuse a URL with a user name.
  const isUntold = isBeacon && hops.some(({ userInfo }) => userInfo);
  const told = reasons && { ...reasons, codes: isUntold ? [] : reasons.codes };
  const text = [
    ...(isBeacon ? withoutCookieOfSecondVisit(seen) : seen).map(
      ({ method, url, ...rest }) => `${method} ${url} ${JSON.stringify(rest)}`,
    ),
    ...outcomes.map((outcome) => `page: ${outcome}`),
    ...Object.entries(told ?? {}).map(([key, values]: [string, string[]]) => `${key}: ${values.sort().join(', ')}`),
  ];
  return text.map((line) => line.replaceAll(run, '#'));
}

/** It gives the browser time to read the answer to a beacon, for which no page can wait. */
function withoutCookieOfSecondVisit(seen: readonly Seen[]): Seen[] {
  const visits = seen.filter(({ url }) => url.endsWith('/page'));
  return seen.map((each) => (each === visits[1] ? { ...each, cookie: null } : each));
}
