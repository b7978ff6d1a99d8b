import { ForbiddenException, Injectable, type NestMiddleware } from '@nestjs/common';
import type { CorsOptions, CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { NextFunction, Request, Response } from 'express';
import type { IncomingMessage } from 'node:http';
import { RouteTable, type Route } from '../http/route-table.js';
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

/**
 * Answers `app.enableCors` for each request: what goes out is decided here, how it is written is up to npm `cors`. That
 * comes first of all, so that whatever answers has the headers and a preflight costs nothing else; what it let pass
 * without headers is explained by the middleware, when the request has an id.
 */
@Injectable()
export class Cors implements NestMiddleware {
  constructor(
    private readonly policy: CrossOriginPolicy,
    private readonly policies: RoutePolicies,
    private readonly routes: RouteTable,
    private readonly refusals: Refusals,
  ) {}

  readonly options: CorsOptionsDelegate<IncomingMessage> = (request, callback) => {
    const done: Done = callback;
    if (isPreflight(request)) return done(null, this.preflight(request));
    // npm `cors` would answer any other OPTIONS as a preflight. No page can send one: no preflight allows it.
    done(null, request.method === 'OPTIONS' ? none : this.actual(request));
  };

  /** Refuses the preflights that were not answered and logs the origins that may not read the answer. */
  use(request: Request, _: Response, next: NextFunction): void {
    const { origin } = request.headers;
    const refusal = isPreflight(request) ? this.refuse(request) : this.unreadable(request);
    if (refusal !== undefined) this.refusals.log({ origin, ...refusal });
    if (refusal === undefined || !isPreflight(request)) return next();
    const message = this.refusals.explain({ origin, ...refusal });
    throw new ForbiddenException({ message, type: 'urn:problem:preflight-refused' });
  }

  /** The headers of an answer, whatever its status: none for another origin. */
  private actual(request: IncomingMessage): CorsOptions {
    const { origin } = request.headers;
    const policy = this.policyOf(request, request.method);
    if (policy?.origins === 'any') return { origin: '*', exposedHeaders };
    return this.policy.allows(origin, policy) ? { origin, credentials: true, exposedHeaders } : none;
  }

  private preflight(request: IncomingMessage): CorsOptions {
    if (this.refuse(request) !== undefined) return none;
    const { origin, 'access-control-request-method': method = '' } = request.headers;
    const policy = this.policyOf(request, method);
    const isAny = policy?.origins === 'any';
    return {
      origin: isAny ? '*' : origin,
      credentials: !isAny,
      methods: methodsOf(this.routes.find(request)),
      allowedHeaders,
      maxAge: policy?.maxAge ?? maxAge,
    };
  }

  /** The three steps of a preflight: Fetch, section 4.8. */
  private refuse(request: IncomingMessage): Omit<Refusal, 'origin'> | undefined {
    const { headers } = request;
    const { origin, 'access-control-request-method': method = '' } = headers;
    const policy = this.policyOf(request, method);
    if (policy?.origins !== 'any' && !this.policy.allows(origin, policy)) return { step: 'origin', reason: notAllowed };
    const methods = methodsOf(this.routes.find(request));
    if (!methods.includes(method)) return { step: 'method', reason: `the path has ${methods.join(', ')} alone` };
    const header = refusedHeader(headers['access-control-request-headers']);
    return header === undefined ? undefined : { step: 'headers', reason: `${header} is not allowed` };
  }

  /** An unsafe request is refused, and logged, one step later. */
  private unreadable(request: Request): Omit<Refusal, 'origin'> | undefined {
    const { origin } = request.headers;
    if (origin === undefined || !isSafe(request) || request.method === 'OPTIONS') return undefined;
    const policy = this.policyOf(request, request.method);
    const isReadable = policy?.origins === 'any' || this.policy.allows(origin, policy) || isOwn(request, origin);
    return isReadable ? undefined : { step: 'origin', reason: notAllowed };
  }

  private policyOf(request: IncomingMessage, method = ''): RoutePolicy | undefined {
    const route = this.routes.find(request);
    return route && this.policies.find(method, route.path);
  }
}

const none: CorsOptions = { origin: false };

const notAllowed = 'this origin is not in FRONTEND_URL';

function methodsOf(route?: Route): string[] {
  return route === undefined ? anyMethod : [...route.methods];
}

/** Fetch, section 3.3.3: a CORS-preflight request. */
function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** A page of this very host, such as Swagger UI: not cross-origin, so not refused. */
export function isOwn(request: Request, origin: string): boolean {
  try {
    const { protocol, host } = new URL(origin);
    return host === new URL(`${protocol}//${request.host}`).host; // Without the default port, in lower case.
  } catch {
    return false; // Not URL.canParse: once optimised, Node 20's takes bytes beyond ASCII for something else.
  }
}

/** RFC 9110, section 9.2.1: these change nothing. TRACE is not served. */
export function isSafe({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
