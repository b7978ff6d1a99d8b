import type pg from 'pg';
import { ConfigurationError } from '../config/configuration.error.js';
import { createDataSource, type DatabaseOptions } from './data-source.js';
import {
  backupFormat,
  readBackup,
  writeBackup,
  type BackupEnd,
  type BackupHeader,
  type BackupLine,
} from './backup-file.js';
import { migrations } from './migrations/index.js';
import {
  beginSnapshot,
  readRows,
  readSequences,
  summarize,
  tablesOf,
  writeRows,
  writeSequences,
  type TableSummary,
} from './table-copy.js';

/** Told of each table that is done. */
export type Progress = (table: string, summary: TableSummary) => void;

/** Writes all rows, as they are at one moment, to a file. @returns what it holds */
export async function backUp(client: pg.Client, file: string, progress: Progress): Promise<BackupEnd> {
  const end: BackupEnd = { sequences: {}, tables: {} };
  async function* lines(): AsyncGenerator<BackupLine> {
    yield { header: await headerOf(client) };
    for (const table of await tablesOf(client)) {
      for await (const batch of readRows(client, table)) yield { batch };
      end.tables[table] = await summarize(client, table);
      progress(table, end.tables[table]);
    }
    end.sequences = await readSequences(client);
    yield { end };
  }
  await beginSnapshot(client, 'READ ONLY');
  try {
    await writeBackup(file, lines());
  } finally {
    await client.query('ROLLBACK');
  }
  return end;
}

/** @returns the first line of a back-up. @throws Error when it is none, or of a newer version of this API */
export async function readHeader(file: string): Promise<BackupHeader> {
  for await (const line of readBackup(file)) {
    if (!('header' in line) || line.header.format !== backupFormat) break;
    const unknown = line.header.migrations.filter((name) => !migrations.some((migration) => migration.name === name));
    if (unknown.length === 0) return line.header;
    throw new ConfigurationError([
      `${file} was made by a newer version of this API, with the migration ${unknown.join(', ')}. Restore it with that version.`,
    ]);
  }
  throw new ConfigurationError([`${file} is not a back-up of this API`]);
}

/** Brings an empty database to the schema that the back-up was made with. */
export async function createSchema(options: DatabaseOptions, header: BackupHeader): Promise<void> {
  const known = migrations.filter(({ name }) => header.migrations.includes(name));
  const dataSource = createDataSource({ ...options, migrations: known });
  await dataSource.initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
}

/** Fills the empty tables of such a schema, in one transaction. @throws Error when a count or a checksum differs */
export async function restoreRows(client: pg.Client, file: string, progress: Progress): Promise<void> {
  await beginSnapshot(client, 'READ WRITE');
  for await (const line of readBackup(file)) {
    if ('batch' in line) await writeRows(client, line.batch);
    if (!('end' in line)) continue;
    await writeSequences(client, line.end.sequences);
    for (const [table, expected] of Object.entries(line.end.tables))
      progress(table, await compare(client, table, expected));
  }
  await client.query('COMMIT');
}

/** Copies all rows into the empty tables of a server with the same schema, in one transaction. */
export async function copyAll(source: pg.Client, target: pg.Client, progress: Progress): Promise<void> {
  await beginSnapshot(source, 'READ ONLY');
  await beginSnapshot(target, 'READ WRITE');
  for (const table of await tablesOf(source)) {
    const existing = await summarize(target, table);
    if (existing.count > 0)
      throw new ConfigurationError([`The table ${table} of the target has ${existing.count} rows; it has to be empty`]);
    for await (const batch of readRows(source, table)) await writeRows(target, batch);
    progress(table, await compare(target, table, await summarize(source, table)));
  }
  await writeSequences(target, await readSequences(source));
  await target.query('COMMIT');
  await source.query('ROLLBACK');
}

async function compare(client: pg.Client, table: string, expected: TableSummary): Promise<TableSummary> {
  const found = await summarize(client, table);
  if (found.count === expected.count && found.checksum === expected.checksum) return found;
  throw new Error(
    `The table ${table} is not the same: ${found.count} rows with the checksum ${found.checksum}, and ` +
      `${expected.count} with ${expected.checksum} before. Nothing was changed.`,
  );
}

async function headerOf(client: pg.Client): Promise<BackupHeader> {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  return { format: backupFormat, createdAt: new Date().toISOString(), migrations: rows.map(({ name }) => name) };
}
