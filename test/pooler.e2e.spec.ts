import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { createItem } from './support/feature.js';
import { freePort } from './support/free-port.js';
import { ApiProcess, killAll } from './support/process.js';
import { describeWithPrograms } from './support/programs.js';
import { createUser } from './support/users.js';
import { waitUntil } from './support/wait.js';

/** PgBouncer in transaction mode with two connections to the server: each transaction may get another one. */
class Pooler {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    readonly url: string,
  ) {}

  static async start(databaseUrl: string): Promise<Pooler> {
    const { hostname, port, username, password, pathname } = new URL(databaseUrl);
    const directory = mkdtempSync(join(tmpdir(), 'pooler-'));
    const ownPort = String(await freePort());
    const server = `host=${hostname} port=${port || '5432'} user=${username}${password && ` password=${password}`}`;
    const settings = [
      '[databases]',
      `* = ${server}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${ownPort}`,
      'unix_socket_dir =',
      'auth_type = any',
      'pool_mode = transaction',
      'default_pool_size = 2',
      'ignore_startup_parameters = extra_float_digits, statement_timeout, idle_in_transaction_session_timeout',
    ];
    writeFileSync(join(directory, 'pgbouncer.ini'), settings.join('\n'));
    chmodSync(directory, 0o755);
    // It refuses to run as root, and Debian has it where only root looks.
    const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
    const env = { PATH: `${process.env.PATH ?? ''}:/usr/sbin` };
    const child = spawn('pgbouncer', ['-q', ...user, join(directory, 'pgbouncer.ini')], { env, stdio: 'ignore' });
    const pooler = new Pooler(child, directory, `postgres://anybody@127.0.0.1:${ownPort}${pathname}`);
    await waitUntil(() => pooler.isReady());
    return pooler;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
    rmSync(this.directory, { recursive: true });
  }

  private async isReady(): Promise<boolean> {
    const client = new pg.Client(this.url);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end();
    }
  }
}

let database: TestDatabase;
let pooler: Pooler;
const processes: ApiProcess[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  pooler = await Pooler.start(database.environment.DATABASE_URL ?? '');
});
afterEach(async () => {
  await killAll(processes.splice(0));
  await pooler.stop();
  await database.drop();
});

async function start(environment: Record<string, string> = {}): Promise<ApiProcess> {
  const api = await ApiProcess.start({ ...database.environment, DATABASE_URL: pooler.url, ...environment });
  processes.push(api);
  return api;
}

/** Those of applications, past the pooler, which keeps connections that have some. */
async function locks(): Promise<unknown[]> {
  const client = new pg.Client(database.environment.DATABASE_URL);
  await client.connect();
  const sql = `SELECT objid FROM pg_locks
    WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

/** Statements with many names, on many connections at once. */
async function use(api: ApiProcess): Promise<void> {
  const user = await createUser(api);
  const { id } = await createItem(user, 'posts', { title: 'Through a pooler' });
  const paths = [`/posts/${String(id)}`, '/posts', '/posts?search=pooler', '/products?sort=name', '/categories'];
  const responses = await Promise.all([...paths, ...paths, ...paths, ...paths].map((path) => fetch(api.url + path)));
  expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200));
  await user.agent.post('/authentication/refresh').expect(204);
  await user.agent.delete(`/posts/${String(id)}`).expect(204);
  await user.agent.post('/authentication/log-out').expect(204);
}

describeWithPrograms('pgbouncer')('behind PgBouncer in transaction mode', () => {
  it.each(['on', 'off'])('all works with PREPARED_STATEMENTS=%s', async (PREPARED_STATEMENTS) => {
    const api = await start({ PREPARED_STATEMENTS });
    await use(api);
    const warnings = api.output.split('set PREPARED_STATEMENTS=off').length - 1;
    expect(warnings).toBe(PREPARED_STATEMENTS === 'on' ? 1 : 0);
  });

  it('instances start one after another, and at the same time, and leave no lock behind', async () => {
    const first = await start();
    expect(await locks()).toEqual([]);
    expect(await first.end('SIGTERM')).toBe(0);
    await Promise.all([start(), start(), start()]);
    expect(await locks()).toEqual([]);
  });
});
