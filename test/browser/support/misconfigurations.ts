import type { FetchInit } from './fetch-from-page.js';

/** A common mistake in a page, in the API or in a proxy, with a request that shows it. */
export interface Misconfiguration {
  name: string;
  page: string;
  url: string;
  init?: FetchInit;
}

const [app, otherApp, localApp] = ['https://app.example.com', 'https://app.example.org', 'http://localhost:5173'];
const [api, proxy] = ['https://api.example.com', 'https://proxy.example.com'];
const include = { credentials: 'include' } as const;
const json = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', ...include };

export const misconfigurations: Misconfiguration[] = [
  { name: 'the API is not running', page: localApp, url: 'http://localhost:3999/posts', init: include },
  { name: 'the origin is not allowed', page: otherApp, url: `${api}/posts`, init: include },
  { name: 'the origin is not allowed, and a preflight is sent', page: otherApp, url: `${api}/posts`, init: json },
  { name: "`method: 'patch'`, in lower case", page: app, url: `${api}/posts/1`, init: { ...json, method: 'patch' } },
  {
    name: 'a header that is not allowed (`X-Api-Key`)',
    page: app,
    url: `${api}/posts`,
    init: { headers: { 'X-Api-Key': 'x' } },
  },
  {
    name: '`credentials` for a resource that every origin may read',
    page: app,
    url: `${api}/health/live`,
    init: include,
  },
  {
    name: 'a proxy adds CORS headers to those of the API',
    page: app,
    url: `${proxy}/duplicate-headers`,
    init: include,
  },
  { name: 'a proxy responds with its own error page', page: app, url: `${proxy}/error-page`, init: include },
  { name: 'a proxy responds to the preflight with an error', page: app, url: `${proxy}/error`, init: json },
  { name: 'a proxy redirects the preflight', page: app, url: `${proxy}/redirect`, init: json },
  {
    name: 'a proxy omits `Access-Control-Allow-Credentials`',
    page: app,
    url: `${proxy}/no-credentials`,
    init: include,
  },
  { name: 'the origin is configured with a slash at its end', page: app, url: `${proxy}/slash`, init: include },
  { name: 'an https page calls an http API', page: app, url: 'http://api.example.com/posts', init: include },
  {
    name: 'the cookie is `SameSite=Lax`, the page on another site',
    page: otherApp,
    url: `${proxy}/lax`,
    init: include,
  },
  { name: '`SameSite=None` without `Secure`', page: otherApp, url: `${proxy}/insecure`, init: include },
];
