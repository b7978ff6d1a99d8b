import { describe } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** An own, migrated, empty database: the keys of the environment that point to it, and how to get rid of it. */
export interface TestDatabase {
  environment: { DATABASE_URL?: string; DATA_DIR: string };
  drop(): Promise<void>;
}

const { TEST_DATABASE_URL } = process.env;

/** Whether the tests run on a real server rather than on the embedded database. */
export const usesServer = TEST_DATABASE_URL !== undefined && TEST_DATABASE_URL !== '';

/** A `describe` for what only a real server can show; on the embedded database there is nothing to run. */
export function describeOnServer(name: string, tests: () => void): void {
  if (usesServer) describe(name, tests);
}

/** A `describe` for what only the embedded database has: its folder. */
export function describeOnEmbedded(name: string, tests: () => void): void {
  if (!usesServer) describe(name, tests);
}

/** On `TEST_DATABASE_URL` a clone of the template database, else a copy of the template directory. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { TEST_DIRECTORY = '', TEST_TEMPLATE = '', TEST_DATABASE_URL } = process.env;
  const directory = await mkdtemp(join(TEST_DIRECTORY, 'database-'));
  const removeDirectory = () => rm(directory, { recursive: true, force: true });
  if (TEST_DATABASE_URL === undefined || TEST_DATABASE_URL === '') {
    await cp(join(TEST_TEMPLATE, 'postgres'), join(directory, 'postgres'), { recursive: true });
    return { environment: { DATA_DIR: directory }, drop: removeDirectory };
  }
  const template = new URL(TEST_TEMPLATE).pathname.slice(1);
  const name = `${template}_${randomBytes(8).toString('hex')}`;
  await administrate(TEST_DATABASE_URL, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  const url = new URL(TEST_DATABASE_URL);
  url.pathname = `/${name}`;
  return {
    environment: { DATABASE_URL: url.href, DATA_DIR: directory },
    drop: async () => {
      await administrate(TEST_DATABASE_URL, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await removeDirectory();
    },
  };
}

async function administrate(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    // Two workers that clone at the same moment find the template in use by each other.
    await client.query('SELECT pg_advisory_lock(4711)');
    await client.query(sql);
  } finally {
    await client.end(); // a lock that stays would keep every other test waiting
  }
}
