import type { ConfigService } from '@nestjs/config';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Environment } from '../config/environment.schema.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';
import { NamingStrategy } from './naming-strategy.js';
import { PoolClient } from './pool-client.js';

/** The options of TypeORM; with `dataDirectory`, for the embedded database. */
export type DatabaseOptions = Extract<DataSourceOptions, { type: 'postgres' }> & { readonly dataDirectory?: string };

const common = {
  type: 'postgres',
  entities,
  migrations,
  migrationsTransactionMode: 'each',
  namingStrategy: new NamingStrategy(),
  installExtensions: false,
  applicationName: 'cross-origin-api',
  extra: { Client: PoolClient },
} as const;

/** For any statement, in milliseconds. Public reads have a limit of their own, see `reads.service.ts`. */
const statementTimeoutMs = 10_000;

/**
 * In milliseconds. When a server stops responding, clients must get a 503 while they still wait. A dead connection cannot be
 * told from an idle one, so none is kept for longer than a minute.
 */
const timeouts = (statementTimeout: number) => ({
  connectTimeoutMS: 5_000,
  extra: {
    ...common.extra,
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout + 2_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    maxLifetimeSeconds: 60,
  },
});

/** With `DATABASE_URL` a pool of connections to that server. The embedded database has one session, so a pool of one. */
export function databaseOptions(config: ConfigService<Environment, true>): DatabaseOptions {
  const url = config.get('DATABASE_URL', { infer: true });
  if (url !== undefined) {
    const readTimeoutMs = config.get('READ_TIMEOUT', { infer: true }) * 1_000;
    const poolSize = config.get('DATABASE_POOL_SIZE', { infer: true });
    return { ...common, ...timeouts(Math.max(statementTimeoutMs, readTimeoutMs)), url, poolSize };
  }
  return embeddedOptions(join(config.get('DATA_DIR', { infer: true }), 'postgres'));
}

export function embeddedOptions(dataDirectory: string): DatabaseOptions {
  return { ...common, poolSize: 1, dataDirectory, username: 'postgres', database: 'postgres' };
}

/** Connects when `initialize()` is called. */
export function createDataSource(options: DatabaseOptions): DataSource {
  const { dataDirectory } = options;
  return dataDirectory === undefined ? new DataSource(options) : new EmbeddedDataSource(options, dataDirectory);
}

/** Starts the embedded database when it is initialised, and stops it when it is destroyed. */
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
    try {
      return await super.initialize();
    } catch (error) {
      await this.embedded.stop();
      throw error;
    }
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    await this.embedded?.stop();
  }
}
