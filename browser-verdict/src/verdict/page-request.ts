import type { CredentialsMode } from '../rules/cors-check.js';
import { hasHeader, type HeaderList } from '../rules/header-list.js';
import { isSafelistedRequestHeader, settableHeaders } from '../rules/request-headers.js';

export type RequestMode = 'cors' | 'no-cors' | 'same-origin' | 'navigate';
export type RedirectMode = 'follow' | 'error' | 'manual';

/** A request that a page makes. Fetch, section 2.2.5. */
export interface PageRequest {
  /** What makes it: some fail in ways of their own. */
  kind: 'fetch' | 'beacon' | 'event-source' | 'navigation' | 'element';
  url: string;
  method: string;
  headers: HeaderList;
  hasBody: boolean;
  mode: RequestMode;
  credentials: CredentialsMode;
  redirect: RedirectMode;
  /** Fetch, "destination"; empty for `fetch()`. */
  destination: string;
  /** A navigation by a form. */
  isForm?: boolean;
}

/** What `fetch()` takes, as far as it matters here. */
export interface FetchInit {
  method?: string;
  headers?: Readonly<Record<string, string>> | HeaderList;
  /** A string is sent as text/plain; null and undefined: none. Everything that `new Response()` takes. */
  body?: RequestInit['body'];
  mode?: 'cors' | 'no-cors' | 'same-origin';
  credentials?: CredentialsMode;
  redirect?: RedirectMode;
}

export interface ElementInit {
  crossorigin?: 'anonymous' | 'use-credentials';
}

const none = { method: 'GET', headers: [], hasBody: false, redirect: 'follow', destination: '' } as const;

/** `fetch(url, init)`. */
export function fetchRequest(url: string, init: FetchInit = {}): PageRequest {
  const { method = 'GET', mode = 'cors', credentials = 'same-origin', redirect = 'follow' } = init;
  const hasBody = init.body !== undefined && init.body !== null;
  const headers = withContentType(headerList(init.headers), hasBody ? typeOf(init.body) : null, mode);
  return { kind: 'fetch', url, method, headers, hasBody, mode, credentials, redirect, destination: '' };
}

/**
 * `navigator.sendBeacon(url, data)`: a preflight only when the type of the data needs one. Beacon, section 3.1.
 * @param type of the data; null: it has none
 */
export function beaconRequest(
  url: string,
  type: string | null = 'text/plain;charset=UTF-8',
  hasBody = true,
): PageRequest {
  const isSafe = type === null || isSafelistedRequestHeader('content-type', type);
  const headers: HeaderList = type === null ? [] : [['Content-Type', type]];
  return {
    ...none,
    kind: 'beacon',
    url,
    method: 'POST',
    headers,
    hasBody,
    mode: isSafe ? 'no-cors' : 'cors',
    credentials: 'include',
  };
}

/** `new EventSource(url, { withCredentials })`. HTML, section 9.2.2. */
export const eventSourceRequest = (url: string, withCredentials = false): PageRequest => ({
  ...none,
  ...{ kind: 'event-source', url, mode: 'cors', credentials: withCredentials ? 'include' : 'same-origin' },
});

/** A link, or the address bar. HTML, section 7.4. */
export const navigationRequest = (url: string): PageRequest => ({
  ...none,
  ...{ kind: 'navigation', url, mode: 'navigate', credentials: 'include', destination: 'document' },
});

/** A form that loads another page into the tab. HTML, "form submission". */
export const formRequest = (
  url: string,
  method: 'GET' | 'POST',
  encoding = 'application/x-www-form-urlencoded',
): PageRequest => ({
  ...navigationRequest(url),
  ...{ method, hasBody: method === 'POST', isForm: true },
  headers: method === 'POST' ? [['Content-Type', encoding]] : [],
});

/** `<img>`, `<script>`, `<link rel=stylesheet>`, ... HTML, "create a potential-CORS request". */
export const elementRequest = (url: string, destination: string, { crossorigin }: ElementInit = {}): PageRequest => ({
  ...none,
  ...{ kind: 'element', url, destination, mode: crossorigin === undefined ? 'no-cors' : 'cors' },
  credentials: crossorigin === 'anonymous' ? 'same-origin' : 'include',
});

const headerList = (headers: FetchInit['headers']): HeaderList =>
  Array.isArray(headers) ? (headers as HeaderList) : Object.entries(headers ?? {});

/** The type of a body is used unless the script has given one, and may give it. Fetch, "new Request(input, init)", step 38. */
export function withContentType(headers: HeaderList, type: string | null, mode: RequestMode): HeaderList {
  const isGiven = hasHeader(settableHeaders(headers, mode), 'content-type');
  return type === null || isGiven ? headers : [...headers, ['Content-Type', type]];
}

/** Fetch, "extract a body". */
function typeOf(body: FetchInit['body']): string | null {
  if (typeof body === 'string') return 'text/plain;charset=UTF-8';
  try {
    return new Response(body).headers.get('content-type');
  } catch {
    return null;
  }
}
