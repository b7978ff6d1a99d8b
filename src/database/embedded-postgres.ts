import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ConfigurationError } from '../config/environment.js';

/**
 * PostgreSQL in WebAssembly (PGlite) on a worker thread, reached through a Unix socket in a directory only this user can
 * enter: no port, no password. It has one session, so whoever connects shares it and takes turns.
 */
export class EmbeddedPostgres {
  private constructor(
    private readonly worker: Worker,
    /** The directory of the socket, which `pg` takes for a host. */
    readonly host: string,
  ) {}

  /** @throws ConfigurationError that says what to do when another process has the data directory open */
  static async start(dataDirectory: string): Promise<EmbeddedPostgres> {
    const host = mkdtempSync(join(tmpdir(), 'postgres-'));
    const workerData = { dataDirectory, socket: join(host, '.s.PGSQL.5432') };
    const worker = new Worker(new URL('./embedded-postgres.worker.js', import.meta.url), { workerData, execArgv: [] });
    try {
      await once(worker, 'message');
    } catch (error) {
      rmSync(host, { recursive: true, force: true });
      throw explain(error as NodeJS.ErrnoException, dataDirectory);
    }
    // A failure from here on is one the API cannot serve through: the lock was lost, or PostgreSQL itself crashed.
    return new EmbeddedPostgres(worker, host);
  }

  async stop(): Promise<void> {
    const stopped = once(this.worker, 'exit');
    this.worker.postMessage('stop');
    await stopped;
    rmSync(this.host, { recursive: true, force: true });
  }
}

function explain(error: NodeJS.ErrnoException, dataDirectory: string): Error {
  if (error.code !== 'ELOCKED') return error;
  return new ConfigurationError([
    `DATA_DIR: the embedded database in ${dataDirectory} is in use by another process. Stop that one first, ` +
      'or give this one its own DATA_DIR, or set DATABASE_URL to share a PostgreSQL server.',
  ]);
}
