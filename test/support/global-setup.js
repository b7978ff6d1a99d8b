import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URL } from 'node:url';
import pg from 'pg';

/** Migrates one template, which every test file gets a copy of: a database on TEST_DATABASE_URL, else a directory. */
export default async function setUp() {
  const { TEST_DATABASE_URL } = process.env;
  const directory = mkdtempSync(join(tmpdir(), 'api-test-'));
  process.env.TEST_TEMPLATE = TEST_DATABASE_URL ? await emptyTemplate(TEST_DATABASE_URL) : directory;
  process.env.TEST_DIRECTORY = directory;
  const environment = TEST_DATABASE_URL ? { DATABASE_URL: process.env.TEST_TEMPLATE } : {};
  migrate({ ...process.env, NODE_ENV: 'test', DATA_DIR: directory, DATABASE_URL: '', ...environment });
}

/** @param {string} url */
async function emptyTemplate(url) {
  const name = new URL(url).pathname.slice(1);
  if (!name.includes('test'))
    throw new Error(`TEST_DATABASE_URL names the database "${name}". Tests only touch one whose name contains "test".`);
  const template = new URL(url);
  template.pathname = `/${name}_template`;
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS "${name}_template" WITH (FORCE)`);
  await client.query(`CREATE DATABASE "${name}_template"`);
  await client.end();
  return template.href;
}

/** @param {NodeJS.ProcessEnv} env */
function migrate(env) {
  const command = ['node_modules/typeorm/cli.js', 'migration:run', '-d', 'dist/database/migrations.data-source.js'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The migrations failed:\n${stdout}\n${stderr}`);
}
