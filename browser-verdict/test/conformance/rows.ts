import { readFileSync } from 'node:fs';

/** A row of published test data. README.md describes the members of each file. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Row = Record<string, any> & { id: string };

/** The rows that still hold: not `outdated`, not `doubtful`; those of `set-cookie-parsing` with what holds now in its place. */
export function rowsOf(file: string): Row[] {
  return allRowsOf(file).filter(({ outdated, doubtful }) => outdated === undefined && doubtful === undefined);
}

export function allRowsOf(file: string): Row[] {
  const text = readFileSync(new URL(`./rows/${file}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: Row[] }).cases;
}
