import { getDomain, parse } from 'tldts';
import { isLoopback, type Mistake, parseOrigin } from './origin-syntax.js';

export type Relation = 'same-origin' | 'same-site' | 'cross-site';

/** `key` is the setting that holds `entry`, and in which `suggestion` would work. */
export type SiteMistake = Mistake & { key: 'API_URL' | 'FRONTEND_URL' };

export type SiteDecision =
  { relation: Relation; warnings: string[] } | { relation: 'impossible'; mistakes: SiteMistake[] };

/** One configuration to judge: it is judged again with each value that might mend it. */
interface Configuration {
  api: string;
  frontends: readonly string[];
  production: boolean;
}

const WIDTH: Relation[] = ['same-origin', 'same-site', 'cross-site'];
const SUFFIXES = { allowPrivateDomains: true };
const API_URL = /^([^/?#]*\/\/[^/?#]*)(\/[^?#]*)?(.*)$/s;
// What a cookie's Path may hold without escapes.
const API_PATH = /^(?:\/[\w.~!$&'()*+=:@-]+)*\/?$/;

/** `null` for a public suffix, for `localhost` and for an IP address. */
export const registrableDomain = (host: string) => getDomain(host, SUFFIXES);

/**
 * How a frontend (an accepted origin or pattern) relates to the API as browsers see it: schemeful, whatever the port
 * (HTML, "same site"; the public suffix list with its private part). A name below `localhost` is a site of its own, as
 * the list has no rule for `localhost`; an IP address is the same site only as itself.
 */
export function relate(apiUrl: string, frontend: string): Relation {
  const api = new URL(apiUrl).origin;
  if (api === frontend) return 'same-origin';
  const site = siteOf(frontend);
  return site !== undefined && site === siteOf(api) ? 'same-site' : 'cross-site';
}

/** A pattern below a public suffix has no site: it stands for many. */
function siteOf(entry: string): string | undefined {
  const { protocol, hostname } = new URL(entry.replace(/\/\/[^.]*\*[^.]*\./, '//'));
  const domain = registrableDomain(hostname) ?? (entry.includes('*') ? undefined : hostname);
  return domain && `${protocol}//${domain}`;
}

/**
 * Decides for all frontends (accepted origins and patterns) at once; the widest relation wins. Never throws.
 *
 * | API   | frontend | on one site     | across sites                                                       |
 * |-------|----------|-----------------|--------------------------------------------------------------------|
 * | https | https    | works           | works, with a warning: Safari drops the cookies                    |
 * | https | http     | never (schemes) | works, with the same warning: `Secure` only concerns the API       |
 * | http  | http     | works           | impossible: `SameSite=None` demands `Secure`                       |
 * | http  | https    | never (schemes) | impossible: mixed content, and `SameSite=None` demands `Secure`    |
 *
 * An API on plain http beyond loopback is refused in production and warned of in development, whoever calls it.
 * Without frontends there is only the API's own origin.
 */
export function decideSite(
  apiUrl: string,
  frontends: readonly string[],
  { production }: { production: boolean },
): SiteDecision {
  const configuration = { api: apiUrl, frontends, production };
  const mistakes = checkApi(configuration);
  if (mistakes.length === 0) mistakes.push(...checkFrontends(configuration));
  if (mistakes.length > 0) return { relation: 'impossible', mistakes };
  const widest = Math.max(0, ...frontends.map((frontend) => WIDTH.indexOf(relate(apiUrl, frontend))));
  return { relation: WIDTH[widest] ?? 'cross-site', warnings: warn(configuration) };
}

function works({ api, frontends, production }: Configuration): boolean {
  const [origin, path] = splitApi(api);
  const { rule } = parseOrigin(origin, { production, previews: false });
  if (rule?.kind !== 'exact' || !API_PATH.test(path)) return false;
  return frontends.every((frontend) => explainPair(api, frontend) === undefined);
}

/** The path is the API's prefix; what else is no origin stays with the origin, to be refused there. */
function splitApi(api: string): [origin: string, path: string] {
  const [, origin = api, path = '', rest = ''] = API_URL.exec(api) ?? [];
  return [origin + rest, path];
}

function checkApi(configuration: Configuration): SiteMistake[] {
  const [origin, path] = splitApi(configuration.api);
  const { rule, mistakes } = parseOrigin(origin, { ...configuration, previews: false });
  const found = mistakes.map(renameInsecure);
  if (rule && rule.kind !== 'exact') found.push({ code: 'api-url-pattern', cause: 'is a pattern, not one URL' });
  if (!API_PATH.test(path)) found.push({ code: 'api-url-path', cause: 'has a path that a cookie cannot be given' });
  const mended = mistakes[0]?.suggestion ?? (rule?.kind === 'exact' ? origin : undefined);
  const candidates = mended === undefined ? [] : [mended + path, secure(mended + path), mended, secure(mended)];
  const suggestion = candidates.find((api) => works({ ...configuration, api }));
  return found.map(({ code, cause }) => ({ key: 'API_URL', code, entry: configuration.api, cause, suggestion }));
}

function renameInsecure({ code, cause }: Mistake): Pick<Mistake, 'code' | 'cause'> {
  if (code !== 'insecure-in-production') return { code, cause };
  return { code: 'insecure-api', cause: 'is plain http, over which anybody on the way can read the cookies' };
}

function checkFrontends(configuration: Configuration): SiteMistake[] {
  return configuration.frontends.flatMap((frontend) => {
    const found = explainPair(configuration.api, frontend);
    return found ? [mendPair(configuration, frontend, found)] : [];
  });
}

type Explanation = [code: string, cause: (other: string) => string];

function explainPair(api: string, frontend: string): Explanation | undefined {
  if (api.startsWith('https:') || relate(api, frontend) !== 'cross-site') return undefined;
  if (frontend.startsWith('https:')) {
    return ['mixed-content', (other) => `is plain http, which browsers do not let the https page ${other} call`];
  }
  if (isLoopback(new URL(api).hostname) && isLoopback(new URL(frontend).hostname)) {
    return [
      'loopback-mismatch',
      (other) => `has another host name than ${other}, and so another site; use one for both`,
    ];
  }
  return ['cross-site-over-http', (other) => `is another site than ${other}, and cookies cross sites over https alone`];
}

/** Changes the one API where that serves every frontend, else this frontend. */
function mendPair(configuration: Configuration, frontend: string, [code, cause]: Explanation): SiteMistake {
  const { api } = configuration;
  const suggestion = apisFor(api, frontend).find((candidate) => works({ ...configuration, api: candidate }));
  const moved = withHost(frontend, new URL(api).hostname);
  if (suggestion === undefined && relate(api, moved) !== 'cross-site') {
    return { key: 'FRONTEND_URL', code, entry: frontend, cause: cause(api), suggestion: moved };
  }
  return { key: 'API_URL', code, entry: api, cause: cause(frontend), suggestion: suggestion ?? secure(api) };
}

/** On one machine or network, share the host name; on the internet, https is what is missing. */
function apisFor(api: string, frontend: string): string[] {
  const { hostname } = new URL(api);
  if (frontend.startsWith('http:')) {
    const isPublic = registrableDomain(hostname) !== null && !isLoopback(hostname);
    return isPublic ? [secure(api)] : [withHost(api, new URL(frontend).hostname)];
  }
  // A public page cannot call the operator's own machine: some name beside the page's is what is meant.
  const { domain, isIcann } = parse(frontend.replace('*', 'any'), SUFFIXES);
  return isLoopback(hostname) && isIcann ? [`https://api.${domain ?? hostname}${splitApi(api)[1]}`] : [secure(api)];
}

function withHost(address: string, host: string): string {
  const url = new URL(address);
  url.hostname = host;
  return url.origin + splitApi(address)[1];
}

function secure(address: string): string {
  const url = new URL(address);
  url.protocol = 'https:';
  return url.origin + splitApi(address)[1];
}

function warn({ api, frontends }: Configuration): string[] {
  const foreign = frontends.filter((frontend) => relate(api, frontend) === 'cross-site');
  const mixed = foreign.filter((frontend) => frontend.startsWith('http:'));
  const { protocol, hostname } = new URL(api);
  return [
    ...(foreign.length > 0 ? [warnOfSafari(api, foreign)] : []),
    ...hosters([api, ...foreign]).map(
      (suffix) => `${suffix} is a public suffix: all names below it are different sites.`,
    ),
    ...(mixed.length > 0
      ? [`Over plain http, ${list(mixed)} can be no site of an https API, whatever the host name.`]
      : []),
    ...(protocol === 'http:' && !isLoopback(hostname)
      ? [`${api} is plain http: anybody on the way can read the cookies. Production refuses it.`]
      : []),
  ];
}

const warnOfSafari = (api: string, foreign: string[]) =>
  `Cross-site: on pages of ${list(foreign)} Safari drops the cookies of ${api}, and Firefox partitions them. ` +
  'Serve both below one registrable domain, or let a reverse proxy make them one origin.';

/** The public suffixes of companies among the hosts, such as vercel.app: most people take them for one site. */
function hosters(urls: string[]): string[] {
  const parsed = urls.map((url) => parse(url.replace('*', 'any'), SUFFIXES));
  return [
    ...new Set(parsed.flatMap(({ isPrivate, publicSuffix }) => (isPrivate && publicSuffix ? [publicSuffix] : []))),
  ];
}

function list(names: readonly string[]): string {
  const others = names.length - 3;
  return names.slice(0, 3).join(', ') + (others > 0 ? ` and ${others} more` : '');
}
