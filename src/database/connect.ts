import type { LoggerService } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { ConfigurationError } from '../config/environment.js';

/** What a server answers, or the network, while it is not up yet. Anything else (a wrong password) is final. */
const notUpYet = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ENOENT', '57P03']);

/** About a minute in all. */
const attempts = 14;

/**
 * Waits for the server, then brings the schema up to date.
 * @param logger writes at once: Nest holds back the lines of its own logger until the application is made
 * @throws ConfigurationError when the server is not there after a minute, or refuses the user or the database
 */
export async function connectAndMigrate(dataSource: DataSource, logger: LoggerService): Promise<DataSource> {
  await initialize(dataSource, logger);
  const applied = await underLock(dataSource, () => dataSource.runMigrations({ transaction: 'each' }));
  for (const { name } of applied) logger.log(`Applied migration ${name}`, 'Database');
  return dataSource;
}

async function initialize(dataSource: DataSource, logger: LoggerService, attempt = 1): Promise<void> {
  try {
    await dataSource.initialize();
  } catch (error) {
    const reason = reasonOf(error);
    if (!isNotUpYet(error) || attempt === attempts) throw refused(dataSource, error, reason);
    const wait = Math.min(250 * 2 ** attempt, 5_000);
    logger.warn(`Waiting for PostgreSQL at ${address(dataSource)} (${reason}); next try in ${wait} ms`, 'Database');
    await delay(wait);
    await initialize(dataSource, logger, attempt + 1);
  }
}

/** Host, port and database: never the user or the password. */
function address({ options }: DataSource): string {
  if (options.type !== 'postgres' || options.url === undefined) return 'the embedded database';
  const { host, pathname } = new URL(options.url);
  return host + pathname;
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? '';
}

/** A server that is restarting may also cut the connection, or not answer in time: `pg` gives these no code. */
function isNotUpYet(error: unknown): boolean {
  return notUpYet.has(codeOf(error)) || /^(Connection terminated|timeout expired)/.test((error as Error).message);
}

/** `localhost` stands for two addresses, and an error for both of them has no message of its own. */
function reasonOf(error: unknown): string {
  return (error as Error).message || codeOf(error);
}

/** The embedded database explains itself; a server says which class of its errors it is: the user (28), the database (3D). */
function refused(dataSource: DataSource, error: unknown, reason: string): unknown {
  if (!isNotUpYet(error) && !/^(28|3D)/.test(codeOf(error))) return error;
  return new ConfigurationError([`DATABASE_URL: PostgreSQL at ${address(dataSource)} cannot be used: ${reason}`]);
}

/** Instances that start together take turns here, on a connection of its own because the lock belongs to its session. */
async function underLock<T>({ options }: DataSource, work: () => Promise<T>): Promise<T> {
  if (options.type !== 'postgres' || options.url === undefined) return work();
  const client = new pg.Client({ connectionString: options.url });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('cross-origin-api:migrations'))`);
    return await work();
  } finally {
    await client.end();
  }
}
