import { Injectable, Logger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import type { Environment } from '../config/environment.schema.js';
import { onClientDisconnect } from '../logging/request-context.js';
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

/** The part of TypeORM's driver that has the pool. */
interface PoolDriver {
  obtainMasterConnection(): Promise<[client: PoolClient, release: () => void]>;
}

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

  private async run<Row extends pg.QueryResultRow>(read: Read): Promise<Row[]> {
    const [client, release] = await (this.dataSource.driver as unknown as PoolDriver).obtainMasterConnection();
    const running = client.query<Row>({ name: this.nameOf(read), text: read.sql, values: read.values });
    if (!this.isServer) return running.then(({ rows }) => rows).finally(release);
    return this.withLimits(running).then(
      ({ rows }) => {
        release();
        return rows;
      },
      (error: unknown) => {
        if (error instanceof ReadCanceledError) void endStatement(client, running).then(release);
        else release();
        throw error;
      },
    );
  }

  private async withLimits<Result>(running: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new ReadCanceledError('timeout')), this.timeoutMs);
      const forget = onClientDisconnect(() => reject(new ReadCanceledError('disconnect')));
      void running.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        forget();
      });
    });
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

/** The client is of no use to others before its statement has ended, and before the server can have taken a request to end one. */
async function endStatement(client: PoolClient, running: Promise<unknown>): Promise<void> {
  await Promise.allSettled([client.cancelStatement(), running]);
}
