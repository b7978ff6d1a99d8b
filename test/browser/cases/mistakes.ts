import type { Sent } from './calls.js';

/** What people get wrong. */
export interface Mistake {
  what: string;
  page: string;
  url: string;
  sent?: Sent;
}

const [ours, foreign, local] = ['https://app.example.com', 'https://app.example.org', 'http://localhost:5173'];
const [api, proxy] = ['https://api.example.com', 'https://proxy.example.com'];
const include = { credentials: 'include' } as const;
const json = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', ...include };

export const mistakes: Mistake[] = [
  { what: 'the API does not run', page: local, url: 'http://localhost:3999/posts', sent: include },
  { what: 'the origin is not allowed', page: foreign, url: `${api}/posts`, sent: include },
  { what: 'the origin is not allowed, and a preflight is sent', page: foreign, url: `${api}/posts`, sent: json },
  { what: "`method: 'patch'`, in lower case", page: ours, url: `${api}/posts/1`, sent: { ...json, method: 'patch' } },
  {
    what: 'a header that is not allowed (`Authorization`)',
    page: ours,
    url: `${api}/posts`,
    sent: { headers: { Authorization: 'Bearer x' } },
  },
  { what: '`credentials` for what is for everybody', page: ours, url: `${api}/health/live`, sent: include },
  { what: 'a proxy adds CORS headers to those of the API', page: ours, url: `${proxy}/twice`, sent: include },
  { what: 'a proxy answers with an error page of its own', page: ours, url: `${proxy}/bare`, sent: include },
  { what: 'a proxy answers the preflight with an error', page: ours, url: `${proxy}/broken`, sent: json },
  { what: 'a proxy redirects the preflight', page: ours, url: `${proxy}/moved`, sent: json },
  { what: 'a proxy leaves out `Access-Control-Allow-Credentials`', page: ours, url: `${proxy}/half`, sent: include },
  { what: 'the origin is configured with a slash at its end', page: ours, url: `${proxy}/slash`, sent: include },
  { what: 'an https page calls an http API', page: ours, url: 'http://api.example.com/posts', sent: include },
  { what: 'the cookie is `SameSite=Lax`, the page on another site', page: foreign, url: `${proxy}/lax`, sent: include },
  { what: '`SameSite=None` without `Secure`', page: foreign, url: `${proxy}/insecure`, sent: include },
];
