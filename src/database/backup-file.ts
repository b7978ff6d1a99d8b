import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { RowBatch, Sequences, TableSummary } from './table-copy.js';

export const backupFormat = 'cross-origin-api back-up 1';

/** The first line. */
export interface BackupHeader {
  format: string;
  createdAt: string;
  /** The names of the migrations that had run. */
  migrations: string[];
}

/** The last line: without it the file is not complete. */
export interface BackupEnd {
  sequences: Sequences;
  tables: Record<string, TableSummary>;
}

/** A line of a back-up: gzip; the header, batches of rows (the table, a tab, a JSON array), and the end. */
export type BackupLine = { header: BackupHeader } | { batch: RowBatch } | { end: BackupEnd };

/** Writes beside the file, and renames at the end: a back-up that was cut short never has its name. */
export async function writeBackup(file: string, lines: AsyncIterable<BackupLine>): Promise<void> {
  const unfinished = `${file}.unfinished`;
  const text = Readable.from(toText(lines));
  try {
    await pipeline(text, createGzip(), createWriteStream(unfinished, { mode: 0o600, flush: true }));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function* toText(lines: AsyncIterable<BackupLine>): AsyncGenerator<string> {
  for await (const line of lines)
    if ('batch' in line) yield `${line.batch.table}\t${line.batch.rows}\n`;
    else yield `${JSON.stringify(line)}\n`;
}

/** @throws Error when the file is not a back-up, or ends before its last line */
export async function* readBackup(file: string): AsyncGenerator<BackupLine> {
  let last: BackupLine | undefined;
  for await (const text of linesOf(file)) {
    last = parseLine(text);
    yield last;
  }
  if (last === undefined || !('end' in last)) throw new Error(`${file} is not complete: its last line is missing`);
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unzipped = createGunzip().setEncoding('utf8');
  // An error of either stream destroys the other; the iteration below throws it.
  pipeline(createReadStream(file), unzipped).catch(() => undefined);
  let rest = '';
  try {
    for await (const chunk of unzipped as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw new Error(`${file} is not a back-up, or not complete: ${(error as Error).message}`, { cause: error });
  }
}

function parseLine(text: string): BackupLine {
  if (text.startsWith('{')) return JSON.parse(text) as BackupLine;
  const tab = text.indexOf('\t');
  return { batch: { table: text.slice(0, tab), rows: text.slice(tab + 1) } };
}
