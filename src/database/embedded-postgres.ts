import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ConfigurationError } from '../config/configuration.error.js';
import { assertUsable, describeOpenFailure } from './data-directory.js';

/**
 * PostgreSQL in WebAssembly (PGlite) in a worker thread, behind a Unix socket in a directory that only this user can enter:
 * no port, no password. It has one session, which all connections share.
 */
export class EmbeddedPostgres {
  private constructor(
    private readonly worker: Worker,
    /** The directory of the socket, as `pg` takes it in place of a host. */
    readonly host: string,
  ) {}

  /** @throws ConfigurationError when another process uses the data directory, or it cannot be opened */
  static async start(dataDirectory: string): Promise<EmbeddedPostgres> {
    assertUsable(dataDirectory);
    const host = mkdtempSync(join(tmpdir(), 'postgres-'));
    const workerData = { dataDirectory, socket: join(host, '.s.PGSQL.5432') };
    const worker = new Worker(new URL('./embedded-postgres.worker.js', import.meta.url), { workerData, execArgv: [] });
    try {
      await once(worker, 'message');
    } catch (error) {
      rmSync(host, { recursive: true, force: true });
      throw toStartError(error as WorkerError, dataDirectory);
    }
    // An error of the worker from here on ends the process: the lock was lost, or PostgreSQL itself crashed.
    return new EmbeddedPostgres(worker, host);
  }

  async stop(): Promise<void> {
    const stopped = once(this.worker, 'exit');
    this.worker.postMessage('stop');
    await stopped;
    rmSync(this.host, { recursive: true, force: true });
  }
}

/** `pid` is the process that has the lock, where it is known. */
type WorkerError = NodeJS.ErrnoException & { pid?: number };

function toStartError(error: WorkerError, dataDirectory: string): Error {
  if (error.code !== 'ELOCKED') return new ConfigurationError([describeOpenFailure(dataDirectory, error)]);
  const owner = error.pid ? `process ${error.pid}` : 'another process';
  return new ConfigurationError([
    `DATA_DIR: the embedded database in ${dataDirectory} is in use by ${owner}. Stop that one first, ` +
      'or give this one its own DATA_DIR, or set DATABASE_URL to share a PostgreSQL server.',
  ]);
}
