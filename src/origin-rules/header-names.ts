import type { Mistake } from './origin-syntax.js';

/** `request`: what a page may send. `response`: what a page may read. */
export type HeaderDirection = 'request' | 'response';

const maxNames = 50;
const maxNameLength = 100;

/** RFC 9110, section 5.6.2. */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;

/** Fetch, section 2.2.2, "forbidden request-header": no script can set these. */
const forbidden = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'access-control-request-private-network',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** Fetch, section 2.2.2, "CORS-safelisted request-header" whatever the value, and "CORS-safelisted response-header name". */
const safelisted: Record<HeaderDirection, ReadonlySet<string>> = {
  request: new Set(['accept', 'accept-language', 'content-language']),
  response: new Set([
    'cache-control',
    'content-language',
    'content-length',
    'content-type',
    'expires',
    'last-modified',
    'pragma',
  ]),
};

type Check = (name: string, direction: HeaderDirection) => boolean;

const checks: Record<string, [applies: Check, cause: string]> = {
  'any-header': [(name) => name === '*', 'means nothing to browsers beside credentials; list the names'],
  'header-too-long': [(name) => name.length > maxNameLength, `is longer than ${maxNameLength} characters`],
  'invalid-header-name': [(name) => name !== '*' && !token.test(name), 'is not the name of a header'],
  'forbidden-header': [
    (name, direction) =>
      direction === 'request' ? isForbidden(name) : name === 'set-cookie' || name === 'set-cookie2',
    'is a header that browsers keep from scripts, whatever is allowed',
  ],
  'safelisted-header': [(name, direction) => safelisted[direction].has(name), 'is allowed without being listed'],
};

function isForbidden(name: string): boolean {
  return forbidden.has(name) || /^(?:proxy|sec)-/.test(name);
}

/**
 * Parses names of headers, separated by commas. Duplicates, whatever their case, are merged.
 *
 * @returns the valid names, as they were written; unless `mistakes` is empty, that is not what the operator meant
 */
export function parseHeaderNames(
  value: string | readonly string[],
  direction: HeaderDirection,
): { names: string[]; mistakes: Mistake[] } {
  const entries = (typeof value === 'string' ? value.split(',') : value).map((entry) => entry.trim());
  const unique = [...new Map(entries.map((entry) => [entry.toLowerCase(), entry])).values()];
  const found = unique.map((entry) => ({ entry, causes: findCauses(entry.toLowerCase(), direction) }));
  const names = found.filter(({ causes }) => causes.length === 0).map(({ entry }) => entry);
  const suggestion = names.length === 0 ? undefined : names.join(',');
  const mistakes = found.flatMap(({ entry, causes }) =>
    causes.map(([code, cause]): Mistake => ({ code, entry, cause, ...(suggestion && { suggestion }) })),
  );
  if (names.length > maxNames)
    mistakes.push({ code: 'too-many-headers', entry: `${names.length} names`, cause: `are more than ${maxNames}` });
  return { names, mistakes };
}

function findCauses(name: string, direction: HeaderDirection): [code: string, cause: string][] {
  if (name === '') return [['empty-entry', 'is empty']];
  return Object.entries(checks)
    .filter(([, [applies]]) => applies(name, direction))
    .map(([code, [, cause]]) => [code, cause]);
}
