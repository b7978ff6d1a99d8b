import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Environment } from '../config/environment.schema.js';
import type { RoutePolicy } from './cross-origin.decorator.js';

/**
 * What a page may send beside the CORS-safelisted request headers: what this API reads, and what libraries for tracing and
 * requests add by themselves. Other names are refused, never echoed.
 */
export const allowedHeaders = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Prefer',
  'X-Request-Id',
  'X-Requested-With',
  // W3C Trace Context and Baggage, Sentry, Datadog
  'baggage',
  'sentry-trace',
  'traceparent',
  'tracestate',
  'x-datadog-origin',
  'x-datadog-parent-id',
  'x-datadog-sampling-priority',
  'x-datadog-tags',
  'x-datadog-trace-id',
];

/** What a page may read beside the CORS-safelisted response headers: exactly what this API sends. Fetch, section 3.3.4. */
export const exposedHeaders = [
  'ETag',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
];

/** The headers of CORS: those above, of the environment, and of the policy of a route. */
@Injectable()
export class CorsHeaders {
  private readonly allowed: readonly string[];
  private readonly exposed: readonly string[];
  private readonly allowedNames: ReadonlySet<string>;

  constructor(config: ConfigService<Environment, true>) {
    this.allowed = [...allowedHeaders, ...config.get('CORS_ALLOWED_HEADERS', { infer: true })];
    this.exposed = [...exposedHeaders, ...config.get('CORS_EXPOSED_HEADERS', { infer: true })];
    this.allowedNames = new Set(this.allowed.map((name) => name.toLowerCase()));
  }

  allowedBy(policy: RoutePolicy | undefined): string[] {
    return [...this.allowed, ...(policy?.allowedHeaders ?? [])];
  }

  exposedBy(policy: RoutePolicy | undefined): string[] {
    return [...this.exposed, ...(policy?.exposedHeaders ?? [])];
  }

  /** In lower case. */
  allowedNamesBy(policy: RoutePolicy | undefined): ReadonlySet<string> {
    const own = policy?.allowedHeaders ?? [];
    return own.length === 0 ? this.allowedNames : new Set(this.allowedBy(policy).map((name) => name.toLowerCase()));
  }
}
