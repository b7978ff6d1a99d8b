import type { CookieRequest } from '../cookies/context.js';
import { serializeCookie, type BlockedCookie } from '../cookies/cookie.js';
import { explain, type Reason } from '../reasons/explain.js';
import { getAll, type HeaderList } from '../rules/header-list.js';
import { normalizeMethod } from '../rules/methods.js';
import { settableHeaders } from '../rules/request-headers.js';
import type { ResponseType } from '../rules/response-headers.js';
import { originOf } from '../rules/urls.js';
import type { BrowserSession } from './browser-session.js';
import type { PageRequest } from './page-request.js';
import type { PageContext, Verdict } from './verdict.js';

/** One request on its way through the hops of its redirects. Fetch, "request". */
export class FetchState {
  readonly urls: URL[];
  method: string;
  headers: HeaderList;
  /** Before any redirect. */
  readonly firstHeaders: HeaderList;
  hasBody: boolean;
  /** An earlier hop needed a preflight, or this one. */
  isPreflighted = false;
  tainting: Exclude<ResponseType, 'opaqueredirect'> = 'basic';
  readonly verdict: Verdict;

  constructor(
    readonly session: BrowserSession,
    readonly page: PageContext,
    readonly request: PageRequest,
    url: URL,
  ) {
    this.urls = [url];
    this.method = normalizeMethod(request.method);
    this.headers = request.kind === 'fetch' ? settableHeaders(request.headers, request.mode) : request.headers;
    this.firstHeaders = this.headers;
    this.hasBody = request.hasBody;
    this.verdict = emptyVerdict(session);
  }

  get url(): URL {
    return this.urls.at(-1) ?? new URL('about:invalid');
  }

  set url(url: URL) {
    this.urls[this.urls.length - 1] = url;
  }

  get isSameOrigin(): boolean {
    return originOf(this.url) === this.page.origin && this.page.origin !== 'null';
  }

  /** The page asked its own origin. */
  get beganAtOwn(): boolean {
    return this.urls[0] !== undefined && originOf(this.urls[0]) === this.page.origin;
  }

  /** The page asked its own origin, which redirected to another one. */
  get hasLeftOwn(): boolean {
    return this.beganAtOwn && this.urls.some((url) => originOf(url) !== this.page.origin);
  }

  /** Do cookies go along, and are they stored? Fetch, "HTTP-network-or-cache fetch", step 8.3. */
  get hasCredentials(): boolean {
    const { credentials } = this.request;
    return credentials === 'include' || (credentials === 'same-origin' && this.tainting === 'basic');
  }

  reason(code: string, detail?: string): Reason {
    return explain(code, detail, { browser: this.session.browser, origin: this.page.origin, url: this.url.href });
  }

  /** The `Cookie` header, or undefined. */
  takeCookies(): string | undefined {
    if (!this.hasCredentials) return undefined;
    const { sent, blocked } = this.session.jar.retrieve({ ...this.cookieRequest, ...this.circumstances, byHttp: true });
    this.verdict.cookies.sent.push(...sent.map(({ name }) => ({ name, url: this.url.href })));
    this.block('send', blocked);
    return sent.length === 0 ? undefined : sent.map(serializeCookie).join('; ');
  }

  storeCookies(headers: HeaderList): void {
    const lines = getAll(headers, 'set-cookie');
    if (!this.hasCredentials) {
      this.block(
        'store',
        lines.map((line) => ({ name: nameIn(line), reasons: ['CredentialsNotIncluded'] })),
      );
      return;
    }
    for (const line of lines) this.storeCookie(line);
  }

  private storeCookie(line: string): void {
    const { session, url } = this;
    const stored = session.jar.store(line, { request: this.cookieRequest, ...this.circumstances, byHttp: true });
    if ('reasons' in stored) return this.block('store', [stored]);
    const { name, partition, expires } = stored.cookie;
    const expired = expires !== undefined && expires <= session.now();
    this.verdict.cookies.stored.push({ name, url: url.href, partitioned: partition !== undefined, expired });
  }

  private block(on: 'send' | 'store', cookies: readonly BlockedCookie[]): void {
    for (const { name, reasons } of cookies) {
      const explained = reasons.map((code) => this.reason(code, name));
      this.verdict.cookies.blocked.push({ name, reasons, on, url: this.url.href, explained });
    }
  }

  private get circumstances() {
    return { now: this.session.now(), blockThirdParty: this.session.blockThirdParty };
  }

  private get cookieRequest(): CookieRequest {
    const { page, url, method, request } = this;
    const isTopLevel = request.kind === 'navigation' && request.destination === 'document';
    const initiator = page.byUser ? null : page.origin;
    const redirectedBy = this.urls.slice(0, -1).map(originOf);
    return { url, method, initiator, redirectedBy, ancestors: page.ancestors ?? [], topLevelNavigation: isTopLevel };
  }
}

const nameIn = (line: string) => (line.split('=', 1)[0] ?? '').trim().slice(0, 100);

export const emptyVerdict = ({ browser }: BrowserSession): Verdict => ({
  browser,
  outcome: 'blocked',
  isCallError: false,
  steps: [],
  cookies: { sent: [], stored: [], blocked: [] },
  warnings: [],
});
