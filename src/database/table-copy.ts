import type pg from 'pg';

/** Rows as one JSON array in the words of PostgreSQL: JavaScript never parses it, so no number loses a digit. */
export interface RowBatch {
  table: string;
  rows: string;
}

/** How many rows a table has, and an MD5 over all of them in an order that does not depend on the server. */
export interface TableSummary {
  count: number;
  checksum: string;
}

/** The next value of each sequence, by name. */
export type Sequences = Record<string, string>;

const rowsPerBatch = 500;

/** These belong to the migrations, which run before rows are copied. */
const ownTables = new Set(['migrations', 'typeorm_metadata']);

/** Every table, after those that it refers to. @throws Error when they refer to each other in a ring */
export async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; needs: string[] }>(
    `SELECT relname AS name, array(SELECT DISTINCT confrelid::regclass::text FROM pg_constraint
       WHERE contype = 'f' AND conrelid = c.oid AND confrelid <> c.oid) AS needs
     FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname`,
  );
  const left = new Map(rows.filter(({ name }) => !ownTables.has(name)).map(({ name, needs }) => [name, needs]));
  const sorted: string[] = [];
  while (left.size > 0) {
    const ready = [...left].filter(([, needs]) => needs.every((table) => !left.has(table))).map(([name]) => name);
    if (ready.length === 0) throw new Error(`Tables refer to each other in a ring: ${[...left.keys()].join(', ')}`);
    ready.forEach((name) => left.delete(name));
    sorted.push(...ready);
  }
  return sorted;
}

/** Inside one transaction, so that all tables are of the same moment. */
export async function* readRows(client: pg.Client, table: string): AsyncGenerator<RowBatch> {
  const row = await rowExpression(client, table);
  await client.query(`DECLARE rows CURSOR FOR SELECT ${row} AS row FROM ${quote(table)} t`);
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${String(rowsPerBatch)} FROM rows`);
    if (rows.length === 0) break;
    yield { table, rows: `[${rows.map(({ row }) => row).join(',')}]` };
  }
  await client.query('CLOSE rows');
}

export async function writeRows(client: pg.Client, { table, rows }: RowBatch): Promise<void> {
  const columns = (await storedColumns(client, table)).map(quote).join(', ');
  await client.query(
    `INSERT INTO ${quote(table)} (${columns}) OVERRIDING SYSTEM VALUE
     SELECT ${columns} FROM json_populate_recordset(NULL::${quote(table)}, $1)`,
    [rows],
  );
}

export async function summarize(client: pg.Client, table: string): Promise<TableSummary> {
  const row = await rowExpression(client, table);
  const { rows } = await client.query<TableSummary>(
    `SELECT count(*)::int AS count, md5(coalesce(string_agg(hash, '' ORDER BY hash), '')) AS checksum
     FROM (SELECT md5(${row}) AS hash FROM ${quote(table)} t) AS hashes`,
  );
  return rows[0] as TableSummary;
}

export async function readSequences(client: pg.Client): Promise<Sequences> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'public'`,
  );
  const used = rows.filter(({ name, value }) => value !== null && name !== 'migrations_id_seq');
  return Object.fromEntries(used.map(({ name, value }) => [name, value ?? '']));
}

export async function writeSequences(client: pg.Client, sequences: Sequences): Promise<void> {
  for (const [name, value] of Object.entries(sequences))
    await client.query('SELECT setval($1::regclass, $2)', [quote(name), value]);
}

/** For texts that are the same on every server. Until the end of the transaction. */
export async function beginSnapshot(client: pg.Client, access: 'READ ONLY' | 'READ WRITE'): Promise<void> {
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ ${access}`);
  await client.query(`SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = 0`);
}

/** One row as JSON, without what the server computes by itself. */
async function rowExpression(client: pg.Client, table: string): Promise<string> {
  const columns = await storedColumns(client, table);
  return `(SELECT row_to_json(stored) FROM (SELECT ${columns.map((name) => `t.${quote(name)}`).join(', ')}) stored)::text`;
}

async function storedColumns(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attname`,
    [quote(table)],
  );
  return rows.map(({ name }) => name);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
