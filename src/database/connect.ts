import { Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, Migration } from 'typeorm';
import { ConfigurationError } from '../config/configuration.error.js';
import { PoolClient } from './pool-client.js';
import { isDatabaseUnavailable } from './unavailable.js';

const logger = new Logger('Database');

/** About a minute in all. */
const maxAttempts = 14;
const maxDelayMs = 5_000;

/**
 * Waits for the server, then brings the schema up to date.
 * @throws ConfigurationError when the server is not available after a minute, or refuses the user or the database
 */
export async function connectAndMigrate(dataSource: DataSource): Promise<DataSource> {
  logger.log(`Connecting to ${describeAddress(dataSource)}`);
  const applied = await whenAvailable(dataSource, async () => {
    if (!dataSource.isInitialized) await dataSource.initialize();
    return withLock(dataSource, () => migrate(dataSource));
  });
  for (const { name } of applied) logger.log(`Applied migration ${name}`);
  return dataSource;
}

/**
 * Does again, for about a minute, what cannot be done while the server is starting, restarting, out of connections or not
 * reachable. For the start, which nobody waits for: a request is answered with 503 instead.
 *
 * @throws ConfigurationError when the server is still not available, or refuses the user or the database
 */
export async function whenAvailable<T>(dataSource: DataSource, task: () => Promise<T>, attempt = 1): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const reason = reasonOf(error);
    if (!isDatabaseUnavailable(error) || attempt === maxAttempts) throw connectionFailed(dataSource, error, reason);
    const delayMs = Math.min(250 * 2 ** attempt, maxDelayMs);
    logger.warn(`Waiting for ${describeAddress(dataSource)} (${reason}); next attempt in ${delayMs} ms`);
    await delay(delayMs);
    return whenAvailable(dataSource, task, attempt + 1);
  }
}

async function migrate(dataSource: DataSource): Promise<Migration[]> {
  const applied = await dataSource.runMigrations();
  // A copy of a database has another name, by which TypeORM looks up the expressions of generated columns.
  await dataSource.query(
    'UPDATE typeorm_metadata SET database = current_database() WHERE database <> current_database()',
  );
  return applied;
}

/** Host, port and database: never the user or the password. */
function describeAddress({ options }: DataSource): string {
  if (options.type !== 'postgres' || options.url === undefined)
    return 'the embedded database (its first start takes a few seconds)';
  const { host, pathname } = new URL(options.url);
  return `PostgreSQL at ${host}${pathname}`;
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? '';
}

/** `localhost` has two addresses, and an error that concerns both has no message of its own. */
function reasonOf(error: unknown): string {
  return (error as Error).message || codeOf(error);
}

/** The embedded database words its own errors. Of those of a server, class 28 concerns the user, 3D the database. */
function connectionFailed(dataSource: DataSource, error: unknown, reason: string): unknown {
  if (!isDatabaseUnavailable(error) && !/^(28|3D)/.test(codeOf(error))) return error;
  return new ConfigurationError([`DATABASE_URL: ${describeAddress(dataSource)} cannot be used: ${reason}`]);
}

/** How often an instance asks whether another one has finished its migrations. */
const lockRetryMs = 250;

/**
 * Instances that start together take turns. The lock belongs to a transaction: a pooler gives each transaction a connection of its
 * own, and would keep a lock of the connection when the client has left. They ask again and again: an index that is made
 * concurrently waits for all statements that have begun, also for one that waits for the lock. In between they have no
 * transaction, and so no connection that a pooler could give to the instance that has the lock.
 */
async function withLock<T>({ options }: DataSource, task: () => Promise<T>): Promise<T> {
  if (options.type !== 'postgres' || options.url === undefined) return task();
  const client = new PoolClient({ connectionString: options.url });
  await client.connect();
  try {
    while (!(await tryLock(client))) await delay(lockRetryMs);
    return await task();
  } finally {
    await client.end();
  }
}

/** Leaves a transaction open that has the lock, or none. */
async function tryLock(client: PoolClient): Promise<boolean> {
  await client.query('BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0');
  const sql = `SELECT pg_try_advisory_xact_lock(hashtext('cross-origin-api:migrations')) AS "isLocked"`;
  const { rows } = await client.query<{ isLocked: boolean }>(sql);
  if (rows[0]?.isLocked) return true;
  await client.query('ROLLBACK');
  return false;
}
