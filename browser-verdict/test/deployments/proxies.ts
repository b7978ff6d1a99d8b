import { proxied, type Deployment } from './deployment.js';
import { page } from './express.js';
import { reads, readsError, writes } from './uses.js';

const other = 'https://admin.example.com';
const pass = 'location / { proxy_pass {upstream}; proxy_set_header Host $host; }';

export const proxies: Deployment[] = [
  {
    name: 'nginx adds the header again',
    finds: 'MultipleAllowOriginValues',
    use: reads,
    hint: /2 times/,
    start: proxied(`add_header Access-Control-Allow-Origin $http_origin always; ${pass}`, pass),
  },
  {
    name: 'nginx drops a header',
    finds: 'InvalidAllowCredentials',
    use: reads,
    start: proxied(`proxy_hide_header Access-Control-Allow-Credentials; ${pass}`, pass),
  },
  {
    name: 'nginx refuses OPTIONS',
    finds: 'PreflightMissingAllowOriginHeader',
    use: writes,
    hint: /OPTIONS/,
    start: proxied(`if ($request_method = OPTIONS) { return 405; } ${pass}`, pass),
  },
  {
    name: 'nginx without always',
    finds: 'ErrorWithoutCors',
    use: { ...readsError, reason: 'MissingAllowOriginHeader' },
    severity: 'warning',
    start: proxied(
      `location / { proxy_hide_header Access-Control-Allow-Origin; add_header Access-Control-Allow-Origin ${page}; proxy_pass {upstream}; }`,
      pass,
    ),
  },
  {
    name: 'a cache without Vary',
    finds: 'CacheWithoutVary',
    use: { acts: [{ by: 'address bar', elsewhere: true }, {}], ends: 'answered', reason: 'MissingAllowOriginHeader' },
    start: proxied(
      `location / { proxy_pass {upstream}; proxy_cache api; proxy_cache_valid 1m; proxy_ignore_headers Vary; proxy_hide_header Vary; proxy_cache_key $host$request_uri; }`,
      pass,
      { http: 'proxy_cache_path {dir}/cache keys_zone=api:1m;', api: { cacheControl: 'public, max-age=60' } },
    ),
  },
  {
    name: 'Vary dropped',
    finds: 'VaryMissing',
    // Two frontends of one site share the cache of the browser.
    use: { acts: [{ from: other }, {}], ends: 'answered', reason: 'AllowOriginMismatch' },
    start: proxied(`proxy_hide_header Vary; ${pass}`, pass, {
      api: { cors: { origin: [page, other] }, cacheControl: 'public, max-age=60' },
    }),
  },
  {
    name: 'a redirect before the application',
    finds: 'PreflightDisallowedRedirect',
    use: writes,
    api: 'https://api.example.com/v1/posts',
    start: proxied(
      `rewrite ^/v1/(.*)$ /$1 permanent; ${pass}`,
      `rewrite ^/v1/(.*)$ /$1 break; proxy_pass {upstream};`.replace(/^(.*)$/, 'location / { $1 }'),
    ),
  },
  {
    name: 'an application that is down',
    finds: 'MissingAllowOriginHeader',
    use: reads,
    hint: /502/,
    start: proxied('location / { proxy_pass http://127.0.0.1:1; }', pass),
  },
];
