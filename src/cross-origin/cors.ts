import { ForbiddenException, Injectable } from '@nestjs/common';
import type { CorsOptions, CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Request } from 'express';
import { RouteTable } from '../http/route-table.js';
import type { RoutePolicy } from './cross-origin.decorator.js';
import { CrossOriginPolicy } from './cross-origin-policy.js';
import { Refusals, type Refusal } from './refusals.js';
import { allowedHeaders, refusedHeader } from './requested-headers.js';
import { RoutePolicies } from './route-policies.js';

/** What a script may read beside the CORS-safelisted headers: exactly what this API sends. Fetch, section 3.3.4. */
export const exposedHeaders = [
  'ETag',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
];

/** In seconds: Chromium's cap. */
const maxAge = 7_200;

/** For a path that does not exist, so that the page can read the 404 instead of a network error. */
const anyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

type Done = (error: Error | null, options: CorsOptions) => void;

/** Answers `app.enableCors` for each request: what goes out is decided here, how it is written is up to npm `cors`. */
@Injectable()
export class Cors {
  constructor(
    private readonly policy: CrossOriginPolicy,
    private readonly policies: RoutePolicies,
    private readonly routes: RouteTable,
    private readonly refusals: Refusals,
  ) {}

  readonly options: CorsOptionsDelegate<Request> = (request, callback) => {
    const done: Done = callback;
    request.res?.vary('Origin');
    if (isPreflight(request)) this.preflight(request, done);
    // npm `cors` would answer any other OPTIONS as a preflight. No page can send one: no preflight allows it.
    else done(null, request.method === 'OPTIONS' ? { origin: false } : this.actual(request));
  };

  /** The headers of an answer, whatever its status: none for another origin. */
  private actual(request: Request): CorsOptions {
    const { origin } = request.headers;
    const policy = this.policyOf(request, request.method);
    if (policy?.origins === 'any') return { origin: '*', exposedHeaders };
    if (this.policy.allows(origin, policy)) return { origin, credentials: true, exposedHeaders };
    // An unsafe request is refused, and logged, one step later.
    if (origin !== undefined && isSafe(request) && !isOwn(request, origin))
      this.refusals.log({ origin, step: 'origin', reason: notAllowed });
    return { origin: false };
  }

  private preflight(request: Request, done: Done): void {
    const { origin, 'access-control-request-method': method = '' } = request.headers;
    const policy = this.policyOf(request, method);
    const methods = [...(this.routes.find(request)?.methods ?? anyMethod)];
    const refusal = this.refuse(request, methods, policy);
    if (refusal !== undefined) return done(this.forbid(refusal), {});
    const isAny = policy?.origins === 'any';
    const age = policy?.maxAge ?? maxAge;
    done(null, { origin: isAny ? '*' : origin, credentials: !isAny, methods, allowedHeaders, maxAge: age });
  }

  /** The three steps of a preflight: Fetch, section 4.8. */
  private refuse({ headers }: Request, methods: string[], policy?: RoutePolicy): Refusal | undefined {
    const { origin, 'access-control-request-method': method = '' } = headers;
    if (policy?.origins !== 'any' && !this.policy.allows(origin, policy))
      return { origin, step: 'origin', reason: notAllowed };
    if (!methods.includes(method))
      return { origin, step: 'method', reason: `the path has ${methods.join(', ')} alone` };
    const header = refusedHeader(headers['access-control-request-headers']);
    return header === undefined ? undefined : { origin, step: 'headers', reason: `${header} is not allowed` };
  }

  private forbid(refusal: Refusal): Error {
    this.refusals.log(refusal);
    return new ForbiddenException({ message: this.refusals.explain(refusal), type: 'urn:problem:preflight-refused' });
  }

  private policyOf(request: Request, method: string): RoutePolicy | undefined {
    const route = this.routes.find(request);
    return route && this.policies.find(method, route.path);
  }
}

const notAllowed = 'this origin is not in FRONTEND_URL';

/** Fetch, section 3.3.3: a CORS-preflight request. */
function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** A page of this very host, such as Swagger UI: not cross-origin, so not refused. */
export function isOwn(request: Request, origin: string): boolean {
  try {
    return new URL(origin).host === request.host;
  } catch {
    return false; // Not URL.canParse: once optimised, Node 20's takes bytes beyond ASCII for something else.
  }
}

/** RFC 9110, section 9.2.1: these change nothing. TRACE is not served. */
export function isSafe({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
