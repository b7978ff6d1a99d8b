import { SetMetadata } from '@nestjs/common';

/** A policy of a route's own, in place of "the configured origins, with credentials". */
export interface RoutePolicy {
  /** `any`: readable by every origin, without credentials. A list narrows the configured origins down to those. */
  origins?: 'any' | readonly string[];
  /** For how many seconds a browser may remember a preflight: 0 to 86400. */
  maxAge?: number;
}

export const routePolicy = 'cross-origin:policy';

/** Gives a route, or every route of a controller, its own policy. What cannot work is refused at start. */
export const CrossOrigin = (policy: RoutePolicy) => SetMetadata(routePolicy, policy);
