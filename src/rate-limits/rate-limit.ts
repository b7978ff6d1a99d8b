import { HttpStatus } from '@nestjs/common';
import type { Response } from 'express';
import { rateLimited } from '../metrics/registry.js';
import { ProblemException } from '../problems/problem.exception.js';

/** How often something may be done: `points` in each window. */
export interface RateLimitPolicy {
  /** Names the limit to clients, and its keys in Redis. */
  name: string;
  points: number;
  windowSeconds: number;
}

/** The state of a limit for one key, after points were consumed. */
export interface RateLimit extends RateLimitPolicy {
  remaining: number;
  /** Until the window starts again. */
  resetSeconds: number;
  isExceeded: boolean;
}

/** Counts what each key consumes. */
export interface RateLimiter {
  consume(key: string, points?: number): Promise<RateLimit>;
  /** Gives one point back. */
  refund(key: string): Promise<void>;
  reset(key: string): Promise<void>;
}

/** @param consumed in this window, this time included */
export function toRateLimit(policy: RateLimitPolicy, consumed: number, resetMs: number): RateLimit {
  return {
    ...policy,
    remaining: Math.max(0, policy.points - consumed),
    resetSeconds: Math.max(1, Math.ceil(resetMs / 1_000)),
    isExceeded: consumed > policy.points,
  };
}

/** Adds a limit to those that the response names. */
export function addRateLimitHeaders(response: Response, rateLimit: RateLimit): void {
  for (const [name, value] of Object.entries(rateLimitHeaders(rateLimit))) response.append(name, value);
}

/** 429. Its headers replace those of limits that were not exceeded. */
export function tooManyRequests(rateLimit: RateLimit): ProblemException {
  rateLimited.inc({ limit: rateLimit.name });
  return new ProblemException(HttpStatus.TOO_MANY_REQUESTS, {
    detail: `Too many attempts. Try again in ${rateLimit.resetSeconds} seconds.`,
    type: 'urn:problem:too-many-requests',
    headers: { ...rateLimitHeaders(rateLimit), 'Retry-After': String(rateLimit.resetSeconds) },
  });
}

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
function rateLimitHeaders({ name, points, windowSeconds, remaining, resetSeconds }: RateLimit): Record<string, string> {
  return {
    'RateLimit-Policy': `"${name}";q=${points};w=${windowSeconds}`,
    RateLimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  };
}
