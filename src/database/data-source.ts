import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Configuration } from '../config/environment.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';
import { NamingStrategy } from './naming-strategy.js';

/** TypeORM's options; `dataDirectory` stands for the embedded database. */
export type DatabaseOptions = Extract<DataSourceOptions, { type: 'postgres' }> & { readonly dataDirectory?: string };

const common = {
  type: 'postgres',
  entities,
  migrations,
  namingStrategy: new NamingStrategy(),
  installExtensions: false,
  applicationName: 'cross-origin-api',
} as const;

/**
 * A server that stops answering must become a 503 while the client still waits for it. In milliseconds. A connection that
 * leads nowhere any more gives no sign of it: none is kept for longer than a minute.
 */
const limits = {
  connectTimeoutMS: 5_000,
  extra: {
    statement_timeout: 10_000,
    query_timeout: 12_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    maxLifetimeSeconds: 60,
  },
};

/** With `DATABASE_URL` that server and a pool; without it the embedded database, whose one session makes a pool of one. */
export function databaseOptions(config: Configuration): DatabaseOptions {
  const url = config.get('DATABASE_URL', { infer: true });
  if (url !== undefined)
    return { ...common, ...limits, url, poolSize: config.get('DATABASE_POOL_SIZE', { infer: true }) };
  const dataDirectory = join(config.get('DATA_DIR', { infer: true }), 'postgres');
  return { ...common, poolSize: 1, dataDirectory, username: 'postgres', database: 'postgres' };
}

/** Not connected yet: `initialize()` does that. */
export function createDataSource(options: DatabaseOptions): DataSource {
  const { dataDirectory } = options;
  return dataDirectory === undefined ? new DataSource(options) : new EmbeddedDataSource(options, dataDirectory);
}

/** Owns the embedded database: starts it when it is initialised, stops it when it is destroyed. */
class EmbeddedDataSource extends DataSource {
  private embedded?: EmbeddedPostgres;

  constructor(
    options: DatabaseOptions,
    private readonly dataDirectory: string,
  ) {
    super(options);
  }

  override async initialize(): Promise<this> {
    this.embedded = await EmbeddedPostgres.start(this.dataDirectory);
    this.setOptions({ host: this.embedded.host });
    return super.initialize();
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    await this.embedded?.stop();
  }
}
