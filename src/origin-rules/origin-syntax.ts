import { isIpAddress, isLoopback } from 'browser-verdict';
import { domainToUnicode } from 'node:url';
import { getPublicSuffix, parse } from 'tldts';

/** `production` refuses plain http beyond loopback; `previews` allows a `*` inside the first label. */
export interface OriginOptions {
  production: boolean;
  previews: boolean;
}

/** Why an entry is refused. `suggestion` corrects all mistakes of the entry: with the same options it is accepted. */
export interface Mistake {
  code: string;
  entry: string;
  cause: string;
  suggestion?: string;
}

/** `suffix` is the host to the right of the label that holds the `*`; `port` is `''` or, for example, `:8443`. */
export type OriginRule =
  | { kind: 'exact'; entry: string }
  | { kind: 'subdomains'; entry: string; suffix: string; port: string }
  | { kind: 'preview'; entry: string; suffix: string; port: string; prefix: string; ending: string };

export type OriginVerdict = { rule: OriginRule; mistakes: [] } | { rule: undefined; mistakes: Mistake[] };

/** The parts of an entry, valid or not. `name` is the host as a browser would send it, `''` when there is no such form. */
interface EntryParts extends OriginOptions {
  entry: string;
  rawScheme: string;
  scheme: string;
  slashes: string;
  user?: string;
  host: string;
  name: string;
  port?: string;
  path?: string;
  query?: string;
  fragment?: string;
}
type Check = [applies: (a: EntryParts) => boolean, cause: string];

const MAX_ENTRY_LENGTH = 1000;
const SUFFIXES = { allowPrivateDomains: true };
const DEFAULT_PORTS: Record<string, string> = { http: '80', https: '443' };
const SCHEME = /^(?:(?<scheme>[a-z*][a-z\d*+-]*):(?!(?:\d+|\*)(?:[/?#]|$)|$)|(?<bare>https?)(?=\/\/))?/;
const AUTHORITY = /(?<slashes>\/*)(?:(?<user>[^/?#]*)@)?(?<host>[^:/?#[]*\[[^\]/?#]*\]|[^:/?#]*)(?::(?<port>[^/?#]*))?/;
const REST = /(?<path>\/[^?#]*)?(?<query>\?[^#]*)?(?<fragment>#.*)?$/;
const SHAPE = new RegExp(SCHEME.source + AUTHORITY.source + REST.source, 'is');
const PREVIEW = /^(?<prefix>[^*.]+)\*(?<ending>[^*.]*)\.[^*]+$/;
// For `wss:` or `htps:` a suggestion is clear; `chrome-extension:` has no https form.
const CORRECTABLE_SCHEME = /^(?:|\*|wss?|ftps?|h[a-z*]{1,6}|capacitor|ionic|tauri)$/;
// What native apps serve their pages with. No website can have such an origin.
const NATIVE_SCHEME = /^(?:capacitor|ionic|tauri)$/;

const ipBehindStar = (a: EntryParts) => serialise(/^\*\.([\d.]+|\[.*\])$/.exec(a.host)?.[1] ?? '');
const afterFirstLabel = (host: string) => host.slice(host.indexOf('.') + 1);
const hasStar = (a: EntryParts) => a.host.includes('*');
const isWeb = (a: EntryParts) => /^https?$/.test(a.scheme);
const isNative = (a: EntryParts) => NATIVE_SCHEME.test(a.scheme) && a.name === 'localhost' && a.port === undefined;
const isOtherIpForm = (a: EntryParts) => isIpAddress(a.name) && a.name !== a.host.toLowerCase();
const isUnaccepted = (a: EntryParts) => !a.previews && PREVIEW.test(a.name);
const isInsecureHttp = (a: EntryParts) => a.production && a.scheme === 'http' && !isLoopback(a.name);
const isMisplaced = (a: EntryParts) =>
  hasStar(a) && ipBehindStar(a) === '' && !/^\*\.[^*]+$|^[^*.]+\*[^*.]*\.[^*]+$/.test(a.name);

function hasInvalidHost(a: EntryParts): boolean {
  if (a.name === '') return a.host !== '' && ipBehindStar(a) === '';
  return !isIpAddress(a.name) && (!/^[\w.*-]+$/.test(a.name) || /(?:^|\.)-|-(?:\.|$)/.test(a.name));
}

function isOpenToAnybody(a: EntryParts): boolean {
  const suffix = afterFirstLabel(a.name);
  if (!hasStar(a) || isMisplaced(a) || getPublicSuffix(suffix, SUFFIXES) !== suffix) return false;
  // PREVIEW_ORIGINS accepts previews below the suffix of a hosting company (vercel.app), never below a registry's (com).
  return a.name.startsWith('*') || parse(suffix, SUFFIXES).isPrivate !== true;
}

const inEntry = (pattern: RegExp) => (a: EntryParts) => pattern.test(a.entry);
const inHost = (pattern: RegExp) => (a: EntryParts) => pattern.test(a.host);
const inPort = (pattern: RegExp) => (a: EntryParts) => pattern.test(a.port ?? '');

/** Mistakes of the whole entry: they have no suggestion, and hide those of its parts. */
const ENTRY_CHECKS: Record<string, Check> = {
  'too-long': [(a) => a.entry.length > MAX_ENTRY_LENGTH, `is longer than ${MAX_ENTRY_LENGTH} characters`],
  'empty-entry': [inEntry(/^\s*$/), 'is empty'],
  'null-origin': [inEntry(/^\s*null\s*$/i), 'is what any sandboxed frame sends; serve the page over http'],
  'file-origin': [(a) => a.scheme === 'file', 'is a file, whose origin is null; serve the page over http'],
  'any-origin': [inHost(/^[*.]*\*[*.]*$/), 'trusts every website; name each, as in https://app.example.com'],
  'several-origins': [inEntry(/^[^?#]*(?:[,;|]|:\/\/[^?#]*:\/\/)/), 'is not one origin; separate them by commas'],
};

const PART_CHECKS: Record<string, Check> = {
  whitespace: [inEntry(/[\s\p{Cc}]/u), 'has whitespace or control characters'],
  quotes: [inEntry(/["'`]/), 'has quotes'],
  backslash: [inEntry(/\\/), 'has a backslash'],
  'missing-scheme': [(a) => a.scheme === '', 'has no scheme; an origin starts with https:// or http://'],
  'unsupported-scheme': [
    (a) => a.scheme !== '' && !isWeb(a) && !isNative(a),
    'has a scheme other than http and https; of native apps, capacitor://localhost, ionic://localhost and tauri://localhost',
  ],
  'malformed-scheme': [(a) => isWeb(a) && a.slashes !== '//', 'has no :// between its scheme and its host'],
  'user-info': [(a) => a.user !== undefined, 'has user info before an @, which no origin has'],
  'missing-host': [inHost(/^$/), 'has no host'],
  'upper-case': [(a) => /[A-Z]/.test(a.rawScheme + a.host), 'has upper case; browsers send lower case'],
  'unicode-host': [inHost(/[^ -~]/), 'has a Unicode host; browsers send its punycode'],
  'percent-escape': [inHost(/%/), 'has a percent escape in its host'],
  underscore: [inHost(/_/), 'has an underscore in its host, where only letters, digits and hyphens may be'],
  'trailing-dot': [inHost(/\.$/), 'has a dot behind its host, which makes it another origin'],
  'empty-label': [inHost(/^\.|\.\./), 'has an empty label in its host'],
  'label-too-long': [(a) => /[^.]{64}/.test(a.name), 'has a label of over 63 characters'],
  'host-too-long': [(a) => a.name.length > 253, 'has a host of over 253 characters'],
  'ip-not-serialised': [isOtherIpForm, 'has an IP address in another form than browsers send'],
  'invalid-host': [hasInvalidHost, 'has a host that is neither a valid name nor an IP address'],
  'empty-port': [(a) => a.port === '', 'has a colon without a port'],
  'pattern-in-port': [inPort(/\*/), 'has a pattern for its port; name each port'],
  'port-not-a-number': [inPort(/[^\d*]/), 'has a port that is not a number'],
  'port-zero': [inPort(/^0+$/), 'has port 0, where nothing is served'],
  'port-leading-zeros': [inPort(/^0+[1-9]/), 'has a port with leading zeros'],
  'port-out-of-range': [(a) => Number(a.port) > 65535, 'has a port above 65535'],
  'default-port': [(a) => Number(a.port) === Number(DEFAULT_PORTS[a.scheme]), "has its scheme's default port"],
  'trailing-slash': [(a) => a.path === '/', 'has a trailing slash, which browsers never send'],
  path: [(a) => (a.path ?? '').length > 1, 'has a path; an origin ends behind the host and port'],
  query: [(a) => a.query !== undefined, 'has a query; an origin ends behind the host and port'],
  fragment: [(a) => a.fragment !== undefined, 'has a fragment; an origin ends behind the host and port'],
  'pattern-misplaced': [isMisplaced, 'has a * elsewhere than as its first label, as in https://*.example.com'],
  'pattern-on-ip': [(a) => ipBehindStar(a) !== '', 'is a pattern on an IP address, which has no subdomains'],
  'pattern-on-public-suffix': [isOpenToAnybody, 'is a pattern on a public suffix, below which anyone can get a name'],
  // `http://*.localhost` too: each name below localhost is a site of its own, so the cookies could not work.
  'pattern-with-http': [(a) => hasStar(a) && a.scheme === 'http', 'is a pattern over plain http'],
  'preview-prefix-too-short': [(a) => /^[^*.]{1,2}\*/.test(a.name), 'has fewer than 3 characters before its *'],
  'preview-pattern-not-accepted': [
    isUnaccepted,
    'trusts names that anyone can take; PREVIEW_ORIGINS=accepted allows it',
  ],
  'insecure-in-production': [isInsecureHttp, 'is plain http, which production refuses beyond loopback'],
};

function serialise(host: string): string {
  const url = `https://${host.replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '')}`;
  try {
    const { hostname } = new URL(url);
    return isPunycode(hostname) ? hostname : '';
  } catch {
    return '';
  }
}

/** Since Node 24, `URL` accepts labels such as `xn--a`, which decode to nothing. */
function isPunycode(hostname: string): boolean {
  return !/(?:^|\.)xn--/.test(hostname) || !/^$|(?:^|\.)xn--/.test(domainToUnicode(hostname));
}

function parseParts(entry: string, options: OriginOptions): EntryParts {
  const shown = entry.slice(0, MAX_ENTRY_LENGTH).replace(/[\s\p{Cc}"'`]/gu, '');
  const { scheme, bare, slashes = '', host = '', ...rest } = SHAPE.exec(shown.replaceAll('\\', '/'))?.groups ?? {};
  const rawScheme = scheme ?? bare ?? '';
  const parts = {
    rawScheme,
    scheme: rawScheme.toLowerCase(),
    slashes: bare ? '' : slashes,
    host,
    name: serialise(host),
  };
  return { ...options, ...rest, ...parts, entry };
}

function findCauses(address: EntryParts): [code: string, cause: string][] {
  const among = (checks: Record<string, Check>) => Object.entries(checks).filter(([, [applies]]) => applies(address));
  const [whole] = among(ENTRY_CHECKS);
  return (whole ? [whole] : among(PART_CHECKS)).map(([code, [, cause]]) => [code, cause]);
}

function correctScheme({ scheme, name, host, production }: EntryParts): string {
  if (NATIVE_SCHEME.test(scheme)) return scheme;
  if (isLoopback(name)) return /(?:ps|wss)$/.test(scheme) ? 'https' : 'http';
  return scheme === 'http' && !production && !host.includes('*') ? 'http' : 'https';
}

function correctPort({ scheme, port = '' }: EntryParts, newScheme: string): string {
  const digits = /^0*([1-9]\d{0,4})$/.exec(port)?.[1];
  const isDefault = digits === DEFAULT_PORTS[newScheme] || digits === (DEFAULT_PORTS[scheme] ?? '80');
  const isNone = digits === undefined || isDefault || Number(digits) > 65535 || NATIVE_SCHEME.test(scheme);
  return isNone ? '' : `:${digits}`;
}

/** The most restrictive first; each is checked before it is suggested. */
function correctHosts(address: EntryParts): string[] {
  if (!isMisplaced(address)) return [address.name || ipBehindStar(address)];
  return [/^.*\*\.?/, /^.*\*[^.]*\.?/].map((start) => address.name.replace(start, '*.'));
}

function suggest(address: EntryParts, options: OriginOptions): string | undefined {
  if (!CORRECTABLE_SCHEME.test(address.scheme)) return undefined;
  const scheme = correctScheme(address);
  const origins = correctHosts(address).map((host) => `${scheme}://${host}${correctPort(address, scheme)}`);
  return origins.find((origin) => findCauses(parseParts(origin, options)).length === 0);
}

function toRule({ entry, name, port: digits }: EntryParts): OriginRule {
  if (!name.includes('*')) return { kind: 'exact', entry };
  const place = { entry, suffix: afterFirstLabel(name), port: digits === undefined ? '' : `:${digits}` };
  const { prefix, ending = '' } = PREVIEW.exec(name)?.groups ?? {};
  return prefix === undefined ? { kind: 'subdomains', ...place } : { kind: 'preview', ...place, prefix, ending };
}

/**
 * Parses one origin or pattern in the form that browsers send (RFC 6454, section 6.2; WHATWG URL, "host serializing").
 * Never throws. Reports all causes, each with the one value that corrects them all.
 */
export function parseOrigin(entry: string, options: OriginOptions): OriginVerdict {
  const address = parseParts(entry, options);
  const causes = findCauses(address);
  if (causes.length === 0) return { rule: toRule(address), mistakes: [] };
  const suggestion = causes.some(([code]) => code in ENTRY_CHECKS) ? undefined : suggest(address, options);
  return { rule: undefined, mistakes: causes.map(([code, cause]) => ({ code, entry, cause, suggestion })) };
}
