/** In PostgreSQL's regular expressions: what becomes two characters in JSON, and what becomes six (RFC 8259, section 7). */
const notTwoCharacters = String.raw`[^"\\\u0008-\u000a\u000c\u000d]`;
const notSixCharacters = String.raw`[^\u0001-\u0007\u000b\u000e-\u001f]`;

/** SQL for a generated column: how many bytes these columns need in JSON. Immutable, as generated columns demand. */
export function jsonBytesOf(...columns: string[]): string {
  const text = columns.map((column) => `"${column}"`).join(' || ');
  const count = (others: string) => `length(regexp_replace(${text}, '${others}', '', 'g'))`;
  return `octet_length(${text}) + ${count(notTwoCharacters)} + 5 * ${count(notSixCharacters)}`;
}
