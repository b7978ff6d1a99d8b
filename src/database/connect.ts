import { Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { DataSource } from 'typeorm';

const logger = new Logger('Database');

/** What a server answers, or the network, while it is not up yet. Anything else (a wrong password) is final. */
const notUpYet = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ENOENT', '57P03']);

/** Waits for the server, then brings the schema up to date. Gives up after about a minute. */
export async function connectAndMigrate(dataSource: DataSource): Promise<DataSource> {
  await initialize(dataSource);
  const applied = await underLock(dataSource, () => dataSource.runMigrations({ transaction: 'each' }));
  applied.forEach(({ name }) => logger.log(`Applied migration ${name}`));
  return dataSource;
}

async function initialize(dataSource: DataSource, attempt = 1): Promise<void> {
  try {
    await dataSource.initialize();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!notUpYet.has(code) || attempt === 14) throw error;
    const wait = Math.min(250 * 2 ** attempt, 5_000);
    logger.warn(`Waiting for PostgreSQL at ${address(dataSource)} (${message || code}); next try in ${wait} ms`);
    await delay(wait);
    await initialize(dataSource, attempt + 1);
  }
}

/** Host, port and database: never the user or the password. */
function address({ options }: DataSource): string {
  if (options.type !== 'postgres' || options.url === undefined) return 'the embedded database';
  const { host, pathname } = new URL(options.url);
  return host + pathname;
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
