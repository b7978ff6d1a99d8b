import { Injectable, Logger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { AsyncResource } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { DataSource, TypeORMError } from 'typeorm';
import type { Environment } from '../config/environment.schema.js';
import { onClientDisconnect } from '../logging/request-context.js';
import { poolOf, type ConnectCallback, type Pool } from './pool.js';
import type { PoolClient } from './pool-client.js';
import { ReadCanceledError } from './read-canceled.error.js';
import { driverErrorOf } from './unavailable.js';

/** One statement of SQL. */
export interface Read {
  sql: string;
  values: unknown[];
  /** The best plan depends on the values: the server makes a new one each time. */
  planEachTime?: boolean;
}

const withoutPreparedStatements =
  'A pooler between this API and PostgreSQL keeps no prepared statements. Reads go on without them; set PREPARED_STATEMENTS=off.';

/** A pooler gave the connection on which it was prepared to somebody else: it is not there, or already that of another client. */
const isStatementMissing = (error: unknown) => /^(26000|42P05)$/.test(driverErrorOf(error).code ?? '');

/**
 * What anybody may ask of the database, in statements outside of a transaction. A server ends them when their client disconnects, or
 * after `READ_TIMEOUT`, so that readers cannot take all connections; the embedded database finishes what it has begun.
 */
@Injectable()
export class ReadsService {
  private readonly logger = new Logger('Database');
  private readonly timeoutMs: number;
  private isPrepared: boolean;
  private readonly isServer: boolean;
  /** By their SQL, of which there are as many as there are routes, orders and combinations of filters. */
  private readonly names = new Map<string, string>();

  constructor(
    private readonly dataSource: DataSource,
    config: ConfigService<Environment, true>,
  ) {
    this.timeoutMs = config.get('READ_TIMEOUT', { infer: true }) * 1_000;
    this.isServer = config.get('DATABASE_URL', { infer: true }) !== undefined;
    // The embedded database has one session: it would still have the statements that a former connection prepared.
    this.isPrepared = this.isServer && config.get('PREPARED_STATEMENTS', { infer: true }) === 'on';
  }

  /** @throws ReadCanceledError */
  async query<Row extends pg.QueryResultRow>(read: Read): Promise<Row[]> {
    const isPrepared = this.isPrepared;
    return this.run<Row>(read).catch((error: unknown) => {
      if (!isPrepared || !isStatementMissing(error)) throw error;
      if (this.isPrepared) this.logger.warn(withoutPreparedStatements);
      this.isPrepared = false;
      return this.run<Row>(read);
    });
  }

  /** With callbacks: the promises of the driver, the pool and the statement would cost a read by id about a twentieth of its time. */
  private run<Row extends pg.QueryResultRow>(read: Read): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      let client: PoolClient | undefined;
      let canceled: Promise<void> | undefined;
      const cancel = (reason: ReadCanceledError['reason']) => {
        canceled ??= client?.cancelStatement() ?? Promise.resolve();
        reject(new ReadCanceledError(reason));
      };
      const forget = this.isServer ? onClientDisconnect(() => cancel('disconnect')) : () => undefined;
      const runOn: ConnectCallback = (error, connected, release) => {
        if (error !== undefined) {
          forget();
          reject(error);
          return;
        }
        if (canceled !== undefined) return release();
        client = connected;
        const timer = this.isServer ? setTimeout(cancel, this.timeoutMs, 'timeout') : undefined;
        client.query<Row>(
          { name: this.nameOf(read), text: read.sql, values: read.values },
          (failure: Error | null, result) => {
            clearTimeout(timer);
            forget();
            // Of no use to others before the server can have taken the request to end the statement.
            if (canceled === undefined) release();
            else void canceled.then(() => release());
            if (failure) reject(failure);
            else resolve(result.rows);
          },
        );
      };
      // A connection comes when another request gives it back, in the context of that one.
      this.pool.connect(AsyncResource.bind(runOn));
    });
  }

  private get pool(): Pool {
    const pool = poolOf(this.dataSource);
    if (pool === undefined) throw new TypeORMError('Driver not Connected');
    return pool;
  }

  private nameOf({ sql, planEachTime }: Read): string | undefined {
    if (!this.isPrepared || planEachTime) return undefined;
    let name = this.names.get(sql);
    if (name === undefined) {
      name = createHash('sha256').update(sql).digest('base64url').slice(0, 16);
      this.names.set(sql, name);
    }
    return name;
  }
}
