/** Headers in the order of the wire, with any case; a name may occur several times. Fetch, section 2.2.2. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** RFC 9110, section 5.6.2. */
export const isToken = (text: string) => TOKEN.test(text);

/** Removes leading and trailing HTTP whitespace bytes. Fetch, "normalize a byte sequence". */
export const normalizeValue = (value: string) => value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

/** All values of a header joined with `, `, or null. Fetch, "get a header from a header list". */
export function getHeader(headers: HeaderList, name: string): string | null {
  const values = getAll(headers, name);
  return values.length === 0 ? null : values.join(', ');
}

export function getAll(headers: HeaderList, name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => normalizeValue(value));
}

export const hasHeader = (headers: HeaderList, name: string) =>
  headers.some(([each]) => each.toLowerCase() === name.toLowerCase());

/**
 * The tokens of a list such as Access-Control-Allow-Methods. Fetch, "extract header list values".
 * @returns null when there is no such header, undefined when it cannot be parsed
 */
export function extractTokens(headers: HeaderList, name: string): string[] | null | undefined {
  const value = getHeader(headers, name);
  if (value === null) return null;
  const elements = value.split(',').map((element) => element.replace(/^[\t ]+|[\t ]+$/g, ''));
  const tokens = elements.filter((element) => element !== '');
  return tokens.every(isToken) ? tokens : undefined;
}

/** Does the answer say that it depends on `Origin`? RFC 9110, section 12.5.5. */
export function variesByOrigin(headers: HeaderList): boolean {
  const names = extractTokens(headers, 'vary') ?? [];
  return names.some((name) => name === '*' || name.toLowerCase() === 'origin');
}
