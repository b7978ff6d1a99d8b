import type { OutgoingHttpHeader } from 'node:http';

/** One site over https: the page is allowed by name, its previews by a pattern. */
export const site = {
  API_URL: 'https://api.example.com',
  FRONTEND_URL: 'https://example.com,https://*.example.com',
};

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
