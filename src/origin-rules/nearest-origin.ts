/** Longer than any valid origin. */
const MAX_ORIGIN_LENGTH = 300;
const MAX_ENTRIES = 200;
const SHAPE = /^(?:([^:/]*):\/\/)?([^/?#]*@)?(\[[^\]/]*\]|[^:/?#]*)(?::([^/?#]*))?(.*)$/;

interface Parts {
  scheme: string;
  user: string;
  host: string;
  port: string;
  rest: string;
}
/** `weight`: the higher, the less likely this difference is a mistake for this entry. */
interface Difference {
  weight: number;
  text: string;
}

/**
 * The listed entry most similar to a refused origin, and how they differ, for a log line:
 * `differs by port: 5174 instead of 5173`. Prints ASCII only, and looks at no more than the first 200 entries and 300
 * characters. `undefined` for an origin without a host (`null`, an empty string) and for an empty list.
 */
export function nearestOrigin(
  origin: string,
  entries: readonly string[],
): { entry: string; difference: string } | undefined {
  const printable = origin.slice(0, MAX_ORIGIN_LENGTH).replace(/[^!-~]/g, '?');
  if (printable === '' || printable === 'null') return undefined;
  const compared = entries.slice(0, MAX_ENTRIES).map((entry) => ({ entry, differences: compare(printable, entry) }));
  const nearest = compared.sort((a, b) => weigh(a.differences) - weigh(b.differences))[0];
  return nearest && { entry: nearest.entry, difference: describe(nearest.differences) };
}

function compare(origin: string, entry: string): Difference[] {
  const wanted = parseParts(entry);
  const lower = origin.toLowerCase();
  const given = parseParts(lower);
  return [
    ...(lower === origin ? [] : [{ weight: 1, text: 'upper case' }]),
    ...(given.user === '' ? [] : [{ weight: 4, text: 'user info' }]),
    ...(given.rest === ''
      ? []
      : [{ weight: 1, text: given.rest === '/' ? 'trailing slash' : 'what follows the host' }]),
    ...(given.scheme === wanted.scheme ? [] : [{ weight: 2, text: instead('scheme', given.scheme, wanted.scheme) }]),
    ...(given.port === wanted.port ? [] : [{ weight: 2, text: instead('port', given.port, wanted.port) }]),
    ...compareHosts(given.host, wanted.host),
  ];
}

function compareHosts(given: string, wanted: string): Difference[] {
  if (given === wanted || standsFor(wanted, given)) return [];
  if (given === `${wanted}.`) return [{ weight: 1, text: 'trailing dot' }];
  if (given === `www.${wanted}`) return [{ weight: 2, text: 'www: with instead of without' }];
  if (wanted === `www.${given}`) return [{ weight: 2, text: 'www: without instead of with' }];
  return [{ weight: 3 + distance(given, wanted), text: instead('host', given, wanted) }];
}

/** Whether a pattern's host stands for this host, as far as an explanation needs to know. */
function standsFor(pattern: string, host: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined || host.length < pattern.length || !host.startsWith(start) || !host.endsWith(end)) return false;
  return start === '' || !host.slice(start.length, -end.length).includes('.');
}

/** How many characters lie between what both begin and end with: unlike an edit distance, linear in their length. */
function distance(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  const shortest = Math.min(a.length, b.length);
  let start = 0;
  while (start < shortest && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shortest - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return longest - start - end;
}

function parseParts(origin: string): Parts {
  const [, scheme = '', user = '', host = '', port = '', rest = ''] = SHAPE.exec(origin) ?? [];
  return { scheme, user, host, port, rest };
}

const instead = (part: string, given: string, wanted: string) =>
  `${part}: ${given || 'none'} instead of ${wanted || 'none'}`;
const weigh = (differences: Difference[]) => differences.reduce((sum, { weight }) => sum + weight, 0);
const describe = (differences: Difference[]) =>
  differences.length === 0
    ? 'has the same form'
    : `differs by ${differences.map(({ text }) => text).join(', and by ')}`;
