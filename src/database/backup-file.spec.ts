import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { backupFormat, readBackup, writeBackup, type BackupLine } from './backup-file.js';

const batch = (id: number): BackupLine => ({
  batch: { table: 'posts', rows: JSON.stringify([{ id, content: 'ü'.repeat(id * 100) }]) },
});
const lines: BackupLine[] = [
  { header: { format: backupFormat, createdAt: '2026-11-21T00:00:00.000Z', migrations: ['CreateTables1'] } },
  ...Array.from({ length: 200 }, (_, index) => batch(index + 1)),
  { end: { sequences: { posts_id_seq: '200' }, tables: {} } },
];

describe('a back-up file', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'backup-file-'));
    file = join(directory, 'backup.gz');
    await writeBackup(file, toAsync(lines));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('gives back the lines it was made of', async () => {
    await expect(readSlowly(file)).resolves.toEqual(lines);
  });

  it.each([1, 8, 40, 1_000])('says that it is not complete when its last %d bytes are missing', async (missing) => {
    const { length } = await readFile(file);
    await truncate(file, length - missing);
    await expect(readSlowly(file)).rejects.toThrow(/is not a back-up, or not complete/);
  });

  it('says that a file of something else is no back-up', async () => {
    await writeFile(file, 'Hello');
    await expect(readSlowly(file)).rejects.toThrow(`${file} is not a back-up, or not complete`);
  });

  it('says that a file that is not there cannot be read', async () => {
    await expect(readSlowly(join(directory, 'none.gz'))).rejects.toThrow('no such file');
  });
});

/** Leaves the stream time to fail between two lines, as a restore does that writes rows meanwhile. */
async function readSlowly(file: string): Promise<BackupLine[]> {
  const read: BackupLine[] = [];
  for await (const line of readBackup(file)) {
    read.push(line);
    for (let turn = 0; turn < 20; turn++) await setImmediate();
  }
  return read;
}

async function* toAsync(values: BackupLine[]): AsyncGenerator<BackupLine> {
  yield* values;
  await Promise.resolve();
}
