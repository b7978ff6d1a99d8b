import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { AllowedOrigins } from '../cross-origin/allowed-origins.js';
import { whenAvailable } from '../database/connect.js';
import { Origin } from './origin.entity.js';

const channel = 'origins';

const reconnectDelayMs = 1_000;
/** The list is read again this often, whatever the notifications say. */
const refreshIntervalMs = 30_000;
const disconnectTimeoutMs = 1_000;

/**
 * Keeps the allowed origins in step with the table: read at start, and again when an instance publishes a change
 * (LISTEN/NOTIFY). No request waits for this, and without the database the last known list stays in force.
 */
@Injectable()
export class StoredOriginsService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('CrossOrigin');
  private client?: pg.Client;
  private timer?: NodeJS.Timeout;
  private isStopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly allowedOrigins: AllowedOrigins,
  ) {}

  async onModuleInit(): Promise<void> {
    await whenAvailable(this.dataSource, () => this.refresh());
    await this.listen();
    this.timer = setInterval(() => void this.tryRefresh(), refreshIntervalMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    // A server that vanished would never confirm.
    await Promise.race([this.client?.end(), delay(disconnectTimeoutMs, undefined, { ref: false })]);
  }

  /** Changes the table, tells every other instance in the same transaction, and applies the change here at once. */
  async change<T>(apply: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.dataSource.transaction(async (manager) => {
      const changed = await apply(manager);
      await manager.query('SELECT pg_notify($1, $2)', [channel, '']);
      return changed;
    });
    await this.refresh();
    return result;
  }

  private async refresh(): Promise<void> {
    const rows = await this.dataSource.getRepository(Origin).find({ select: { origin: true } });
    this.allowedOrigins.setStored(rows.map(({ origin }) => origin));
  }

  private async tryRefresh(): Promise<void> {
    await this.refresh().catch((error: unknown) =>
      this.logger.warn(`The last known origins stay in force: ${String(error)}`),
    );
  }

  /** The embedded database serves one process, so no other instance can publish. */
  private async listen(): Promise<void> {
    const { options } = this.dataSource;
    if (this.isStopped || options.type !== 'postgres' || options.url === undefined) return;
    const client = new pg.Client({
      connectionString: options.url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client.on('notification', () => void this.tryRefresh());
    client.on('error', () => undefined); // 'end' follows
    client.once('end', () => this.scheduleReconnect());
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      await this.tryRefresh(); // what was published while no connection listened
    } catch (error) {
      this.logger.warn(`Not listening for changes of origins: ${String(error)}`);
      await client.end().catch(() => undefined);
    }
  }

  private scheduleReconnect(): void {
    if (!this.isStopped) setTimeout(() => void this.listen(), reconnectDelayMs).unref();
  }
}
