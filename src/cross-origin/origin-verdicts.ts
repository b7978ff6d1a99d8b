import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { isLoopback, relate, type Relation } from 'browser-verdict';
import type { IncomingMessage } from 'node:http';
import type { Environment } from '../config/environment.schema.js';
import { authorityOf } from '../http/authority.js';
import { isSafe } from '../http/methods.js';
import { AllowedOrigins } from './allowed-origins.js';
import { CorsHeaders } from './cors-headers.js';
import type { RoutePolicy } from './cross-origin.decorator.js';
import { findRefusedHeaders } from './requested-headers.js';
import { RoutePolicies } from './route-policies.js';

/** Why a request is refused, or why its page cannot read the response. */
export interface Refusal {
  step: 'origin' | 'method' | 'headers' | 'csrf';
  reason: string;
}

/** What is decided about the origin of one request. CORS headers, refusals, log lines and CSRF protection follow from it. */
export interface OriginVerdict {
  readonly origin: string | undefined;
  readonly isPreflight: boolean;
  /** How a page of this origin may read the response. */
  readonly access: 'with-credentials' | 'without-credentials' | 'none';
  readonly policy?: RoutePolicy | undefined;
  /** The methods that a preflight may be told. */
  readonly methods?: readonly string[];
  readonly refusal?: Refusal | undefined;
  /** What a preflight asks for in vain: the browser then names the header, and not the origin. */
  readonly refusedHeaders?: readonly string[];
}

/** For a path that does not exist, so that the page can read the 404 instead of a network error. */
const anyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

const originNotAllowed: Refusal = { step: 'origin', reason: 'this origin is not allowed' };

/** Judges each request once, whoever asks first. */
@Injectable()
export class OriginVerdicts {
  private readonly verdicts = new WeakMap<IncomingMessage, OriginVerdict>();
  private readonly apiUrl: URL;

  constructor(
    private readonly allowedOrigins: AllowedOrigins,
    private readonly policies: RoutePolicies,
    private readonly headers: CorsHeaders,
    config: ConfigService<Environment, true>,
  ) {
    this.apiUrl = config.get('API_URL', { infer: true });
  }

  of(request: IncomingMessage): OriginVerdict {
    const known = this.verdicts.get(request);
    if (known !== undefined) return known;
    const verdict = this.judge(request);
    this.verdicts.set(request, verdict);
    return verdict;
  }

  /**
   * How the page that sends a request relates to this API: by the word of the browser (Fetch Metadata), else by its origin,
   * else, without a page, as one of the same site.
   */
  relationOf({ headers: { origin, 'sec-fetch-site': site } }: IncomingMessage): Relation {
    if (site === 'cross-site' || site === 'same-site' || site === 'same-origin') return site;
    return site === 'none' || origin === undefined ? 'same-site' : relate(origin, this.apiUrl.origin);
  }

  private judge(request: IncomingMessage): OriginVerdict {
    if (isPreflight(request)) return this.judgePreflight(request);
    const { origin } = request.headers;
    const method = request.method ?? '';
    // Any other OPTIONS is answered by the API, not by CORS. No page can send one: no preflight allows it.
    if (method === 'OPTIONS') return { origin, isPreflight: false, access: 'none' };
    const route = this.policies.routeOf(request);
    const policy = route && this.policies.find(route, method);
    const access = this.accessOf(origin, policy);
    const refusal = isSafe(request) ? this.refuseToRead(request, access) : this.refuseToWrite(request, access);
    return { origin, isPreflight: false, access, policy, refusal };
  }

  /** The three steps of a preflight: Fetch, section 4.8. */
  private judgePreflight(request: IncomingMessage): OriginVerdict {
    const { origin, 'access-control-request-method': method = '', ...headers } = request.headers;
    const route = this.policies.routeOf(request);
    const policy = route && this.policies.find(route, method);
    const access = this.accessOf(origin, policy);
    const methods = route?.methods ?? anyMethod;
    const refusal = access === 'none' ? originNotAllowed : refuseMethod(method, methods);
    const refusedHeaders = findRefusedHeaders(
      headers['access-control-request-headers']?.toString(),
      this.headers.allowedNamesBy(policy),
    );
    const granted = refusal === undefined ? access : 'none';
    return { origin, isPreflight: true, access: granted, policy, methods, refusal, refusedHeaders };
  }

  private accessOf(origin: string | undefined, policy: RoutePolicy | undefined): OriginVerdict['access'] {
    if (policy?.origins === 'any') return 'without-credentials';
    if (origin === undefined || !this.allowedOrigins.has(origin)) return 'none';
    return policy?.origins === undefined || policy.origins.includes(origin) ? 'with-credentials' : 'none';
  }

  /** The response is sent, without CORS headers: only the log says why the page cannot read it. */
  private refuseToRead(request: IncomingMessage, access: OriginVerdict['access']): Refusal | undefined {
    const { origin } = request.headers;
    return origin === undefined || access !== 'none' || this.isOwn(request, origin) ? undefined : originNotAllowed;
  }

  /** The algorithm of Go's `net/http.CrossOriginProtection` (https://pkg.go.dev/net/http#CrossOriginProtection). */
  private refuseToWrite(request: IncomingMessage, access: OriginVerdict['access']): Refusal | undefined {
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (site === 'same-origin' || site === 'none' || access === 'with-credentials') return undefined;
    // An empty value counts as none, as in Go.
    if (!site && (origin === undefined || this.isOwn(request, origin))) return undefined;
    if (isBearerAlone(request)) return undefined;
    const known = site === 'same-site' || site === 'cross-site' ? site : 'missing or unknown';
    return {
      step: 'csrf',
      reason: `a page of another origin may not ${request.method} here (Sec-Fetch-Site: ${known})`,
    };
  }

  /** A page of this API, such as Swagger UI: at its public URL, or at the name of this machine that the browser used. */
  private isOwn(request: IncomingMessage, origin: string): boolean {
    if (origin === this.apiUrl.origin) return true;
    const authority = authorityOf(request);
    return origin === `http://${authority}` && isLoopback(authority?.replace(/:\d+$/, '') ?? '');
  }
}

/** No page can make a browser send this header without a preflight, which this API refuses to other origins. */
function isBearerAlone({ headers: { authorization, cookie } }: IncomingMessage): boolean {
  return cookie === undefined && /^Bearer /i.test(authorization ?? '');
}

function refuseMethod(method: string, methods: readonly string[]): Refusal | undefined {
  return methods.includes(method) ? undefined : { step: 'method', reason: `the path only has ${methods.join(', ')}` };
}

/** Fetch, section 3.3.3: a CORS-preflight request. */
function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}
