import { getHeader, type HeaderList } from '../rules/header-list.js';

/** How a cure is written for what serves the API. `{page}` is the origin of the page. */
type Snippets = Readonly<Record<string, string>>;

const allow: Snippets = {
  Express:
    "app.use(cors({ origin: ['{page}'], credentials: true, maxAge: 7200 })); // before every route and every other middleware",
  Nest: "app.enableCors({ origin: ['{page}'], credentials: true, maxAge: 7200 }); // before app.listen(), and before app.use()",
  nginx:
    'remove add_header Access-Control-* from nginx, and let the application send it; if nginx has to: add_header Access-Control-Allow-Origin "{page}" always;',
  Caddy: 'remove header Access-Control-* from the Caddyfile, and let the application send it',
  Cloudflare:
    'remove Transform Rules that set Access-Control-*; let OPTIONS pass (Access: "Bypass options requests to origin")',
  'this API': 'FRONTEND_URL={page}',
};

const sameSite: Snippets = {
  Express: "res.cookie(name, value, { httpOnly: true, secure: true, sameSite: 'none', partitioned: true, path: '/' });",
  Nest: "response.cookie(name, value, { httpOnly: true, secure: true, sameSite: 'none', partitioned: true, path: '/' });",
  nginx: 'proxy_cookie_flags ~ secure samesite=none;  or one origin: location /api/ { proxy_pass http://api/; }',
  Caddy: 'one origin: handle_path /api/* { reverse_proxy api:3000 }',
  'this API': 'API_URL=<the https URL that browsers call>',
};

const oneSite: Snippets = {
  nginx: 'location /api/ { proxy_pass http://api/; } # below the origin of the page',
  Caddy: 'handle_path /api/* { reverse_proxy api:3000 } # below the origin of the page',
};

const vary: Snippets = {
  Express: "app.use((request, response, next) => { response.vary('Origin'); next(); }); // before cors()",
  Nest: "app.use((request, response, next) => { response.vary('Origin'); next(); });",
  nginx: 'add_header Vary Origin always;  and for a cache: proxy_cache_key "$scheme$host$request_uri$http_origin";',
  Caddy: 'header +Vary Origin',
  Cloudflare: 'bypass the cache for the API: it does not look at Vary: Origin',
};

const clear: Snippets = {
  Express:
    "res.clearCookie(name, { httpOnly: true, secure: true, sameSite: 'none', partitioned: true, path: '/' }); // as it was set",
  Nest: "response.clearCookie(name, { httpOnly: true, secure: true, sameSite: 'none', partitioned: true, path: '/' }); // as it was set",
};

const families: readonly (readonly [RegExp, Snippets])[] = [
  [/Vary/, vary],
  [/^LogOutLeaves/, clear],
  [/^ThirdParty|^CrossSite/, oneSite],
  [/^SameSite|^Schemeful|^SecureOnly|^Partitioned|^Cookie/, sameSite],
  [
    /AllowOrigin|Wildcard|AllowCredentials|^Preflight|Disallowed|InvalidAllow|^ErrorWithout|Origin.*(?:Reflected|Allowed)|^HeadersNot/,
    allow,
  ],
];

/** The cure for the servers that are known, the one that seems to answer first. */
export function curesFor(code: string, page: string, headers: HeaderList): Record<string, string> {
  const snippets = families.find(([pattern]) => pattern.test(code))?.[1] ?? {};
  const seen = serversIn(headers);
  const order = (name: string) => (seen.includes(name) ? 0 : 1);
  const sorted = Object.entries(snippets).sort(([a], [b]) => order(a) - order(b));
  return Object.fromEntries(sorted.map(([name, text]) => [name, text.replaceAll('{page}', page)]));
}

function serversIn(headers: HeaderList): string[] {
  const text = `${getHeader(headers, 'server') ?? ''} ${getHeader(headers, 'x-powered-by') ?? ''} ${getHeader(headers, 'via') ?? ''}`;
  const isThisApi = ['x-request-id', 'cross-origin-opener-policy'].every((name) => getHeader(headers, name) !== null);
  return Object.keys(allow).filter(
    (name) => text.toLowerCase().includes(name.toLowerCase()) || (isThisApi && name === 'this API'),
  );
}
