import {
  type BrowserName,
  browserNames,
  browsers,
  isLoopback,
  registrableDomain,
  relate as relateOrigins,
  type Relation,
} from 'browser-verdict';
import { parse } from 'tldts';
import { type Mistake, parseOrigin } from './origin-syntax.js';
import { simulateLogIn } from './simulated-log-in.js';

/** `key` is the setting that holds `entry`, and in which `suggestion` would work. */
export type SiteMistake = Mistake & { key: 'API_URL' | 'FRONTEND_URL' };

/** Two settings that have to work together: they are checked again with each value that might correct them. */
interface Settings {
  api: string;
  frontends: readonly string[];
  production: boolean;
}

export const SUFFIXES = { allowPrivateDomains: true };
const API_URL = /^([^/?#]*\/\/[^/?#]*)(\/[^?#]*)?(.*)$/s;
// What the Path of a cookie may have without escapes.
const API_PATH = /^(?:\/[\w.~!$&'()*+=:@-]+)*\/?$/;

/** How a frontend (an accepted origin or pattern) relates to the API. A pattern below a public suffix has no site: it stands for many. */
export function relate(apiUrl: string | URL, frontend: string): Relation {
  const api = new URL(apiUrl).origin;
  if (!frontend.includes('*')) return relateOrigins(frontend, api);
  const suffix = new URL(frontend.replace(/\/\/[^.]*\*[^.]*\./, '//'));
  return registrableDomain(suffix.hostname) !== null && relateOrigins(suffix.origin, api) !== 'cross-site'
    ? 'same-site'
    : 'cross-site';
}

/**
 * What cannot work about an API and its frontends (accepted origins and patterns). Never throws.
 *
 * | API   | frontend | on one site     | across sites                                                       |
 * |-------|----------|-----------------|--------------------------------------------------------------------|
 * | https | https    | works           | works, with a warning: Safari drops the cookies                    |
 * | https | http     | never (schemes) | works, with the same warning: `Secure` only concerns the API       |
 * | http  | http     | works           | impossible: `SameSite=None` demands `Secure`                       |
 * | http  | https    | never (schemes) | impossible: mixed content, and `SameSite=None` demands `Secure`    |
 *
 * An API on plain http beyond loopback is refused in production and warned of in development, for every frontend.
 */
export function findSiteMistakes(
  apiUrl: string,
  frontends: readonly string[],
  { production }: { production: boolean },
): SiteMistake[] {
  const settings = { api: apiUrl, frontends, production };
  const mistakes = checkApi(settings);
  return mistakes.length > 0 ? mistakes : checkFrontends(settings);
}

function works({ api, frontends, production }: Settings): boolean {
  const [origin, path] = splitApi(api);
  const { rule } = parseOrigin(origin, { production, previews: false });
  if (rule?.kind !== 'exact' || !API_PATH.test(path)) return false;
  return frontends.every((frontend) => explainPair(api, frontend) === undefined);
}

/** The path is the prefix of the API. What else does not belong to an origin stays with the origin, to be refused. */
function splitApi(api: string): [origin: string, path: string] {
  const [, origin = api, path = '', rest = ''] = API_URL.exec(api) ?? [];
  return [origin + rest, path];
}

function checkApi(settings: Settings): SiteMistake[] {
  const [origin, path] = splitApi(settings.api);
  const { rule, mistakes } = parseOrigin(origin, { ...settings, previews: false });
  const found = mistakes.map(renameInsecure);
  if (rule && rule.kind !== 'exact') found.push({ code: 'api-url-pattern', cause: 'is a pattern, not one URL' });
  if (!API_PATH.test(path)) found.push({ code: 'api-url-path', cause: 'has a path that a cookie cannot be given' });
  const corrected = mistakes[0]?.suggestion ?? (rule?.kind === 'exact' ? origin : undefined);
  const candidates =
    corrected === undefined ? [] : [corrected + path, secure(corrected + path), corrected, secure(corrected)];
  const suggestion = candidates.find((api) => works({ ...settings, api }));
  return found.map(({ code, cause }) => ({ key: 'API_URL', code, entry: settings.api, cause, suggestion }));
}

function renameInsecure({ code, cause }: Mistake): Pick<Mistake, 'code' | 'cause'> {
  if (code !== 'insecure-in-production') return { code, cause };
  return { code: 'insecure-api', cause: 'is plain http, over which anyone on the network path can read the cookies' };
}

function checkFrontends(settings: Settings): SiteMistake[] {
  return settings.frontends.flatMap((frontend) => {
    const found = explainPair(settings.api, frontend);
    return found ? [suggestForPair(settings, frontend, found)] : [];
  });
}

/** Pages of native apps: they keep no cookies of another scheme, and use tokens. */
export const isNative = (frontend: string) => !/^https?:/.test(frontend);

type Explanation = [code: string, cause: (other: string) => string];

function explainPair(api: string, frontend: string): Explanation | undefined {
  if (api.startsWith('https:') || isNative(frontend) || relate(api, frontend) !== 'cross-site') return undefined;
  if (frontend.startsWith('https:')) {
    const blockers = listBlockers(api, frontend);
    return ['mixed-content', (other) => `is plain http, which ${blockers} not let the https page ${other} call`];
  }
  if (isLoopback(new URL(api).hostname) && isLoopback(new URL(frontend).hostname)) {
    return [
      'loopback-mismatch',
      (other) => `has another host name than ${other}, and so another site; use one for both`,
    ];
  }
  return ['cross-site-over-http', (other) => `is another site than ${other}, and cookies cross sites over https alone`];
}

/** Chromium and Firefox let an https page call a loopback address. There it is not the scheme that stops them, but SameSite. */
function listBlockers(api: string, frontend: string): string {
  const reasonIn = (browser: BrowserName) => simulateLogIn(new URL(api), frontend.replace('*', 'any'), browser).reason;
  const blockers = browserNames.filter((browser) => reasonIn(browser)?.code === 'mixed-content');
  if (blockers.length === browserNames.length) return 'browsers do';
  return `${blockers.map((browser) => browsers[browser].title).join(' and ')} does`;
}

/** Suggests another API_URL where it works for every frontend, else another frontend. */
function suggestForPair(settings: Settings, frontend: string, [code, cause]: Explanation): SiteMistake {
  const { api } = settings;
  const suggestion = apisFor(api, frontend).find((candidate) => works({ ...settings, api: candidate }));
  const moved = withHost(frontend, new URL(api).hostname);
  if (suggestion === undefined && relate(api, moved) !== 'cross-site') {
    return { key: 'FRONTEND_URL', code, entry: frontend, cause: cause(api), suggestion: moved };
  }
  return { key: 'API_URL', code, entry: api, cause: cause(frontend), suggestion: suggestion ?? secure(api) };
}

/** On one machine or network the host names have to be equal; on the internet https is missing. */
function apisFor(api: string, frontend: string): string[] {
  const { hostname } = new URL(api);
  if (frontend.startsWith('http:')) {
    const isPublic = registrableDomain(hostname) !== null && !isLoopback(hostname);
    return isPublic ? [secure(api)] : [withHost(api, new URL(frontend).hostname)];
  }
  // A public page cannot call the machine of the operator: suggests a name below the domain of the page.
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
