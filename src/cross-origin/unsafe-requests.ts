import { ForbiddenException, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RouteTable } from '../http/route-table.js';
import { CrossOriginPolicy } from './cross-origin-policy.js';
import { isOwn, isSafe } from './cors.js';
import { Refusals } from './refusals.js';
import { RoutePolicies } from './route-policies.js';

/**
 * Refuses what a foreign page makes a browser send (CSRF), before the body is read and whatever its type. CORS does not:
 * it hides the answer of a request that has been carried out. The algorithm of Go's `net/http.CrossOriginProtection`
 * (https://pkg.go.dev/net/http#CrossOriginProtection), with the origins of CORS as the trusted ones.
 */
@Injectable()
export class UnsafeRequests implements NestMiddleware {
  constructor(
    private readonly policy: CrossOriginPolicy,
    private readonly policies: RoutePolicies,
    private readonly routes: RouteTable,
    private readonly refusals: Refusals,
  ) {}

  use(request: Request, _: Response, next: NextFunction): void {
    if (isSafe(request) || this.isOurs(request)) return next();
    const { origin, 'sec-fetch-site': site } = request.headers;
    const reason = `a page of another origin may not ${request.method} here (Sec-Fetch-Site: ${known(site)})`;
    this.refusals.log({ origin, step: 'csrf', reason });
    const message = this.refusals.explain({ origin, step: 'csrf', reason });
    throw new ForbiddenException({ message, type: 'urn:problem:cross-origin-request-refused' });
  }

  private isOurs(request: Request): boolean {
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (site === 'same-origin' || site === 'none') return true;
    if (site === undefined && (origin === undefined || isOwn(request, origin))) return true;
    const route = this.routes.find(request);
    return this.policy.allows(origin, route && this.policies.find(request.method, route.path));
  }
}

function known(site: string | string[] | undefined): string {
  return site === 'same-site' || site === 'cross-site' ? site : 'missing or unknown';
}
