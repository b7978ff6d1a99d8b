import { originOf, parseUrl } from '../rules/urls.js';
import type { BrowserName } from '../rules/browsers.js';
import type { HeaderList } from '../rules/header-list.js';
import { BrowserSession, type SessionOptions } from '../verdict/browser-session.js';
import { judgeLive } from '../verdict/judge.js';
import {
  beaconRequest,
  elementRequest,
  eventSourceRequest,
  fetchRequest,
  formRequest,
  navigationRequest,
  withContentType,
  type ElementInit,
  type FetchInit,
  type PageRequest,
} from '../verdict/page-request.js';
import type { PageContext, Verdict } from '../verdict/verdict.js';
import type { WireAnswer, WireFailure, WireRequest } from '../verdict/wire.js';
import { BlockedError } from './blocked-error.js';
import { exchange, type Exchanged } from './exchange.js';
import { listen, type ServerLike } from './server-target.js';

export { BlockedError } from './blocked-error.js';
export type { ServerLike } from './server-target.js';

export interface OpenPageOptions extends SessionOptions, Omit<PageContext, 'origin'> {
  /** Default: Chromium. */
  browser?: BrowserName;
  /** Servers in this process, by the origin that the page calls: `{ 'https://api.example.com': app }`. */
  servers?: Readonly<Record<string, ServerLike>>;
  /** For an answer. Default: 10,000. */
  timeoutMs?: number;
  /** PEM of an authority that is trusted too. */
  ca?: string;
}

/** Opens a page of this origin in a new browser: no cookies, no preflight cache. @throws TypeError when it is not an origin */
export function openPage(origin: string, options: OpenPageOptions = {}): Page {
  return new Page(origin, new BrowserSession(options.browser ?? 'chromium', options), options);
}

/** A page in a browser. It does with each request what that browser does. */
export class Page {
  /** The verdict over each request so far, the latest last. */
  readonly verdicts: Verdict[] = [];
  private readonly context: PageContext;
  private readonly servers: ReadonlyMap<string, ServerLike>;

  constructor(
    readonly origin: string,
    private readonly session: BrowserSession,
    private readonly options: OpenPageOptions,
  ) {
    const url = parseUrl(origin);
    if (origin !== 'null' && (!url || originOf(url) !== origin))
      throw new TypeError(`${origin} is not an origin such as https://app.example.com`);
    this.context = { ...options, origin };
    this.servers = new Map(Object.entries(options.servers ?? {}).map(([key, server]) => [new URL(key).origin, server]));
  }

  /** Another page of the same browser: it shares the cookies. */
  open(origin: string, options: Omit<PageContext, 'origin'> = {}): Page {
    return new Page(origin, this.session, { ...this.options, ...options });
  }

  /** As `fetch` of a page. @throws BlockedError, a TypeError with the verdict, where that browser refuses */
  async fetch(url: string | URL, init: FetchInit = {}): Promise<Response> {
    const { bytes, type } = await serialize(init.body);
    const given = fetchRequest(String(url), { ...init, body: bytes });
    const request = { ...given, headers: withContentType(given.headers, type, given.mode) };
    const { verdict, exchanged } = await this.ask(request, bytes);
    if (verdict.outcome === 'blocked') throw new BlockedError(verdict);
    return responseOf(verdict, exchanged);
  }

  /** As `navigator.sendBeacon`. */
  async sendBeacon(url: string | URL, data?: FetchInit['body']): Promise<Verdict> {
    const { bytes, type } = await serialize(data);
    return (await this.ask(beaconRequest(String(url), type, bytes !== undefined), bytes)).verdict;
  }

  /** As `new EventSource`, as far as its first answer. */
  async eventSource(url: string | URL, { withCredentials = false } = {}): Promise<Verdict> {
    return (await this.ask(eventSourceRequest(String(url), withCredentials))).verdict;
  }

  /** As a form of this page that is submitted. */
  async submit(
    url: string | URL,
    fields?: Readonly<Record<string, string>>,
    method: 'GET' | 'POST' = 'POST',
  ): Promise<Verdict> {
    const { bytes } = await serialize(method === 'POST' ? new URLSearchParams(fields) : undefined);
    return (await this.ask(formRequest(String(url), method), bytes)).verdict;
  }

  /** As a link of this page that is followed. */
  async follow(url: string | URL): Promise<Verdict> {
    return (await this.ask(navigationRequest(String(url)))).verdict;
  }

  /** As `<img src crossorigin>`, `<script>`, ... */
  async load(
    url: string | URL,
    destination: 'image' | 'script' | 'style' | 'font' | 'audio' | 'video',
    init: ElementInit = {},
  ): Promise<Verdict> {
    return (await this.ask(elementRequest(String(url), destination, init))).verdict;
  }

  /** The cookies that a request of this page to this URL would carry, as `name=value`. */
  cookies(url: string | URL): string[] {
    const { now, jar, blockThirdParty } = this.session;
    const { ancestors = [] } = this.context;
    const target = new URL(url);
    const request = { url: target, initiator: this.origin, ancestors, method: 'GET', topLevelNavigation: false };
    const { sent } = jar.retrieve({ ...request, byHttp: true, now: now(), blockThirdParty });
    return sent.map(({ name, value }) => `${name}=${value}`);
  }

  /** Stops the servers that this page started. */
  async close(): Promise<void> {
    for (const server of this.servers.values()) await (await listen(server)).close();
  }

  private async ask(
    request: PageRequest,
    bytes?: Uint8Array,
  ): Promise<{ verdict: Verdict; exchanged: Exchanged | undefined }> {
    let exchanged: Exchanged | undefined;
    const verdict = await judgeLive(this.session, this.context, request, async (wire): Promise<WireAnswer> => {
      const answer = await this.send(wire, bytes);
      exchanged = 'failure' in answer ? undefined : answer;
      return answer;
    });
    this.verdicts.push(verdict);
    return { verdict, exchanged };
  }

  private async send(wire: WireRequest, body: Uint8Array | undefined): Promise<Exchanged | WireFailure> {
    const server = this.servers.get(new URL(wire.url).origin);
    const connectTo = server && (await listen(server)).address;
    const { timeoutMs = 10_000, ca } = this.options;
    return exchange(wire, { timeoutMs, ca, connectTo, body, maxBodyBytes: 100 * 1024 * 1024 });
  }
}

/** A body is serialised once: the boundary of a form is random, and stands in a header too. */
async function serialize(body: FetchInit['body']): Promise<{ bytes?: Uint8Array<ArrayBuffer>; type: string | null }> {
  if (body === undefined || body === null) return { type: null };
  const response = new Response(body);
  return { bytes: new Uint8Array(await response.arrayBuffer()), type: response.headers.get('content-type') };
}

function responseOf({ response }: Verdict, exchanged: Exchanged | undefined): Response {
  const { status = 0, headers = [], url = '', type = 'basic', redirected = false } = response ?? {};
  const hasBody = status >= 200 && ![204, 205, 304].includes(status);
  const init = {
    status: status < 200 ? 200 : status,
    statusText: exchanged?.statusText ?? '',
    headers: entriesOf(headers),
  };
  const result = new Response(hasBody ? new Uint8Array(exchanged?.body ?? []) : null, init);
  const shown = { url, type, redirected, status, ok: status >= 200 && status < 300 };
  for (const [key, value] of Object.entries(shown)) Object.defineProperty(result, key, { value });
  return result;
}

const entriesOf = (headers: HeaderList) => headers.map(([name, value]) => [name, value] as [string, string]);
