/** Far more than all allowed names: a browser sends each once, sorted and in lower case (Fetch, section 4.8). */
const maxLength = 1_024;
const maxNames = 64;

/**
 * Reads `Access-Control-Request-Headers` with bounds, before anything is split.
 *
 * @param allowed in lower case
 * @returns what is not allowed about it, in words fit for a log, at most three names
 */
export function findRefusedHeaders(value: string | undefined, allowed: ReadonlySet<string>): string[] {
  if (value === undefined) return [];
  if (value.length > maxLength) return [`a list of header names of ${value.length} characters`];
  const names = value.split(',', maxNames + 1).map((name) => name.trim().toLowerCase());
  if (names.length > maxNames) return [`a list of more than ${maxNames} header names`];
  const refused = names.filter((name) => name !== '' && !allowed.has(name)).map(printable);
  return [...new Set(refused)].slice(0, 3);
}

function printable(name: string): string {
  return `the header ${/^[\w-]{1,60}$/.test(name) ? name : 'with an invalid name'}`;
}
