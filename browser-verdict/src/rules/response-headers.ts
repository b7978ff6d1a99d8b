import type { CredentialsMode } from './cors-check.js';
import { extractTokens, type HeaderList } from './header-list.js';

export type ResponseType = 'basic' | 'cors' | 'opaque' | 'opaqueredirect';

// Fetch, "CORS-safelisted response-header name".
const SAFELISTED = new Set(
  'cache-control content-language content-length content-type expires last-modified pragma'.split(' '),
);
const FORBIDDEN = new Set(['set-cookie', 'set-cookie2']);

/** The headers that a script may read. Fetch, "filtered response". */
export function readableHeaders(headers: HeaderList, type: ResponseType, credentials: CredentialsMode): HeaderList {
  if (type === 'opaque' || type === 'opaqueredirect') return [];
  const visible = headers.filter(([name]) => !FORBIDDEN.has(name.toLowerCase()));
  if (type === 'basic') return visible;
  const exposed = exposedNames(headers, credentials);
  if (exposed === '*') return visible;
  return visible.filter(([name]) => SAFELISTED.has(name.toLowerCase()) || exposed.has(name.toLowerCase()));
}

/** Access-Control-Expose-Headers; `*` is a plain name when the request had credentials. Fetch, "main fetch", step 14. */
function exposedNames(headers: HeaderList, credentials: CredentialsMode): Set<string> | '*' {
  const names = extractTokens(headers, 'access-control-expose-headers') ?? [];
  if (credentials !== 'include' && names.includes('*')) return '*';
  return new Set(names.map((name) => name.toLowerCase()));
}
