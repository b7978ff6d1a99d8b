import type { BrowserRules } from './browser-rules.js';
import { corsCheck, type CorsFailure, type CredentialsMode } from './cors-check.js';
import { extractTokens, getHeader, type HeaderList } from './header-list.js';
import { isSafelistedMethod } from './methods.js';
import { unsafeRequestHeaderNames } from './request-headers.js';

/** What a preflight asks for. */
export interface PreflightQuestion {
  method: string;
  /** CORS-unsafe request-header names, lower case, sorted. */
  headers: string[];
}

/** What an answer to a preflight permits. */
export interface Permission {
  methods: string[];
  headers: string[];
  /** Undefined: the header is missing or not a number, and the browser's default applies. */
  maxAge: number | undefined;
}

/** @returns undefined when no preflight is needed. Fetch, "main fetch" and "HTTP fetch". */
export function preflightFor(
  method: string,
  headers: HeaderList,
  rules?: Pick<BrowserRules, 'safelistedClientHints'>,
): PreflightQuestion | undefined {
  const unsafe = unsafeRequestHeaderNames(headers, rules);
  return isSafelistedMethod(method) && unsafe.length === 0 ? undefined : { method, headers: unsafe };
}

/** The headers of a preflight that are about CORS. Fetch, "CORS-preflight fetch", steps 1 to 5. */
export const preflightHeaders = ({ method, headers }: PreflightQuestion): HeaderList => [
  ['Access-Control-Request-Method', method],
  ...(headers.length > 0 ? [['Access-Control-Request-Headers', headers.join(',')] as const] : []),
];

/**
 * Judges the answer to a preflight. Fetch, "CORS-preflight fetch", steps 6 and 7; the order of the codes is Chromium's.
 * @param origin undefined: there is no CORS check
 * @param credentials of the request itself: the preflight never carries any
 */
export function judgePreflight(
  response: { status: number; headers: HeaderList },
  question: PreflightQuestion,
  { origin, credentials, rules }: { origin: string | undefined; credentials: CredentialsMode; rules?: PermissionRules },
): CorsFailure | Permission {
  const { status, headers } = response;
  if ([301, 302, 303, 307, 308].includes(status)) {
    return { code: 'PreflightDisallowedRedirect', detail: getHeader(headers, 'location') ?? '' };
  }
  const failure = origin === undefined ? undefined : corsCheck(headers, origin, credentials);
  if (failure) return { ...failure, code: `Preflight${failure.code}` };
  if (status < 200 || status > 299) return { code: 'PreflightInvalidStatus', detail: String(status) };
  const permission = parsePermission(headers, rules);
  return 'code' in permission ? permission : (findRefusal(permission, question, credentials, rules) ?? permission);
}

/** The lists of a preflight's answer. Fetch, "extract header list values". */
export function parsePermission(
  headers: HeaderList,
  rules?: Pick<BrowserRules, 'uncachedMaxAge'>,
): CorsFailure | Permission {
  const methods = extractTokens(headers, 'access-control-allow-methods');
  if (methods === undefined) return invalidList(headers, 'Methods');
  const names = extractTokens(headers, 'access-control-allow-headers');
  if (names === undefined) return invalidList(headers, 'Headers');
  return { methods: methods ?? [], headers: names ?? [], maxAge: parseMaxAge(headers, rules?.uncachedMaxAge) };
}

const invalidList = (headers: HeaderList, list: 'Methods' | 'Headers'): CorsFailure => ({
  code: `InvalidAllow${list}PreflightResponse`,
  detail: getHeader(headers, `access-control-allow-${list}`) ?? '',
});

/** Fetch, "extracting header list values given Access-Control-Max-Age" (RFC 9111, delta-seconds). */
function parseMaxAge(headers: HeaderList, uncached = /(?!)/): number | undefined {
  const value = getHeader(headers, 'access-control-max-age') ?? '';
  if (uncached.test(value)) return 0;
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

/** Does the permission cover the question? Undefined: yes. */
export function findRefusal(
  { methods, headers }: Permission,
  question: PreflightQuestion,
  credentials: CredentialsMode,
  rules?: WildcardRules,
): CorsFailure | undefined {
  const star = credentials !== 'include';
  if (!isMethodPermitted(question.method, methods, star)) {
    return { code: 'MethodDisallowedByPreflightResponse', detail: question.method };
  }
  const refused = question.headers.find((name) => !isHeaderPermitted(name, headers, star, rules));
  return refused === undefined ? undefined : { code: 'HeaderDisallowedByPreflightResponse', detail: refused };
}

export const isMethodPermitted = (method: string, methods: readonly string[], star: boolean) =>
  isSafelistedMethod(method) || methods.includes(method) || (star && methods.includes('*'));

type PermissionRules = WildcardRules & Pick<BrowserRules, 'uncachedMaxAge'>;

type WildcardRules = Pick<BrowserRules, 'wildcardCoversAuthorization'>;

/** `Authorization` is not covered by `*`, but in Chromium. Fetch, "CORS non-wildcard request-header name". */
export const isHeaderPermitted = (name: string, headers: readonly string[], star: boolean, rules?: WildcardRules) =>
  headers.some((each) => each.toLowerCase() === name) ||
  (star && headers.includes('*') && (name !== 'authorization' || rules?.wildcardCoversAuthorization === true));
