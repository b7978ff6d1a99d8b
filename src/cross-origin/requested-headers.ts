/** What a script may send beside the CORS-safelisted headers; what is not here is refused, never echoed. */
export const allowedHeaders = ['Content-Type', 'If-None-Match', 'X-Request-Id'];

const allowed = new Set(allowedHeaders.map((name) => name.toLowerCase()));

/** All allowed names fit many times; a browser sends each once, sorted and in lower case (Fetch, section 4.8). */
const longest = 1_024;
const mostElements = 64;

/**
 * Reads `Access-Control-Request-Headers` with bounds, before anything is split.
 *
 * @returns what is not allowed about it, in words fit for a log; undefined when every name is allowed
 */
export function refusedHeader(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.length > longest) return `a list of header names of ${String(value.length)} characters`;
  const names = value.split(',', mostElements + 1).map((name) => name.trim().toLowerCase());
  if (names.length > mostElements) return `a list of more than ${String(mostElements)} header names`;
  const refused = names.find((name) => name !== '' && !allowed.has(name));
  return refused && `the header ${/^[\w-]{1,60}$/.test(refused) ? refused : 'with an invalid name'}`;
}
