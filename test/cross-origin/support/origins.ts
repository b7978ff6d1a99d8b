import type { OutgoingHttpHeader } from 'node:http';

/** One site over https: the page is allowed by name, its previews by a pattern. */
export const site = {
  API_URL: 'https://api.example.com',
  FRONTEND_URL: 'https://example.com,https://*.example.com',
};

/** What a page may send to every route, as `Access-Control-Allow-Headers` lists it. */
export const allowedHeaders =
  'Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,Prefer,X-Request-Id,X-Requested-With,baggage,' +
  'sentry-trace,traceparent,tracestate,x-datadog-origin,x-datadog-parent-id,x-datadog-sampling-priority,x-datadog-tags,' +
  'x-datadog-trace-id';

export const allowed = 'https://example.com';
export const allowedByPattern = 'https://pr-7.example.com';
export const foreign = 'https://evil.example';

/** What a request may say about its origin without being allowed. */
export const refusedOrigins: Record<string, OutgoingHttpHeader> = {
  'another origin': foreign,
  null: 'null',
  'a malformed origin': 'https://example.com/',
  'two origins': [allowed, foreign],
  'the allowed origin twice': [allowed, allowed],
};
