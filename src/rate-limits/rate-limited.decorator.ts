import { SetMetadata } from '@nestjs/common';
import type { RequestLimitName } from './request-limits.js';

export const RATE_LIMITS_KEY = 'rateLimits';

/** Limits the unsafe requests to a route, or to every route of a controller, from one network. */
export const RateLimited = (...names: RequestLimitName[]) => SetMetadata(RATE_LIMITS_KEY, names);
