/** In PostgreSQL's regular expressions: what becomes two characters in JSON, and what becomes six (RFC 8259, section 7). */
const twoCharacters = String.raw`["\\\u0008-\u000a\u000c\u000d]`;
const sixCharacters = String.raw`[\u0001-\u0007\u000b\u000e-\u001f]`;

/** SQL for a generated column: how many bytes these columns need in JSON. Immutable, as generated columns demand. */
export function jsonBytesOf(...columns: string[]): string {
  const text = columns.map((column) => `"${column}"`).join(' || ');
  const count = (characters: string) => `regexp_count(${text}, '${characters}')`;
  return `octet_length(${text}) + ${count(twoCharacters)} + 5 * ${count(sixCharacters)}`;
}
