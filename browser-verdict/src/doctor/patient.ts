import { browserNames } from '../rules/browsers.js';
import type { HeaderList } from '../rules/header-list.js';
import { BrowserSession } from '../verdict/browser-session.js';
import { judgeLive } from '../verdict/judge.js';
import type { PageRequest } from '../verdict/page-request.js';
import type { Verdict } from '../verdict/verdict.js';
import type { WireAnswer, WireRequest } from '../verdict/wire.js';
import type { Asker } from './asker.js';
import { findingOf, type Finding, type Severity } from './findings.js';
import { hintFor } from './hints.js';

/** What is examined: a page and the URL it calls, with one session for each browser. */
export class Patient {
  readonly sessions = browserNames.map((name) => new BrowserSession(name));

  constructor(
    readonly page: string,
    readonly url: string,
    readonly asker: Asker,
  ) {}

  /** A URL of the API: a path, or another URL. */
  at(path: string): string {
    return new URL(path, this.url).href;
  }

  /** Asks for all browsers. A request that may change something is preflighted alone, unless `really`. */
  verdicts(
    request: PageRequest,
    { origin = this.page, body, really = false, fresh = false }: AskOptions = {},
  ): Promise<Verdict[]> {
    const sessions = fresh ? browserNames.map((name) => new BrowserSession(name)) : this.sessions;
    const answer = (wire: WireRequest): Promise<WireAnswer> =>
      really || isSafe(wire) ? this.asker.ask(wire, body) : Promise.resolve(permitted(origin));
    return Promise.all(sessions.map((session) => judgeLive(session, { origin }, request, answer)));
  }

  /** A single request as it stands. */
  async ask(
    headers: HeaderList,
    { method = 'GET', url = this.url, salt = '' } = {},
  ): Promise<{ request: WireRequest; answer: WireAnswer }> {
    const request: WireRequest = {
      kind: 'request',
      method,
      url,
      headers: [['Accept', '*/*'], ...headers],
      hasBody: false,
    };
    return { request, answer: await this.asker.ask(request, undefined, salt) };
  }

  /** What blocks, as findings. */
  blocked(verdicts: readonly Verdict[], severity: Severity = 'blocked'): Finding[] {
    return verdicts.flatMap((verdict) => {
      if (verdict.outcome !== 'blocked' || !verdict.reason) return [];
      return [findingOf(verdict, verdict.reason, severity, hintFor(verdict, this.page))];
    });
  }
}

interface AskOptions {
  origin?: string;
  body?: Uint8Array | undefined;
  /** Sends it even though it may change something. */
  really?: boolean;
  /** New browsers, without cookies and without a preflight cache. */
  fresh?: boolean;
}

const isSafe = ({ kind, method }: WireRequest) => kind === 'preflight' || method === 'GET' || method === 'HEAD';

/** Stands for the answer to a request that is not sent. */
const permitted = (origin: string): WireAnswer => ({
  status: 204,
  headers: [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', 'true'],
  ],
});
