import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { CrossOriginPolicy } from '../cross-origin/cross-origin-policy.js';
import { Origin } from './origin.entity.js';

const channel = 'origins';

/** In milliseconds: how soon a lost connection is made anew, and how often the list is read again whatever happens. */
const reconnectAfter = 1_000;
const readAgainEvery = 30_000;
const patience = 1_000;

/**
 * Keeps the policy in step with the table: read at start, and again whenever any instance says that it changed
 * (LISTEN/NOTIFY). No request ever waits for this, and without the database the last known list stays in force.
 */
@Injectable()
export class StoredOrigins implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('CrossOrigin');
  private client?: pg.Client;
  private timer?: NodeJS.Timeout;
  private isStopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly policy: CrossOriginPolicy,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.read();
    await this.listen();
    this.timer = setInterval(() => void this.readQuietly(), readAgainEvery).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    // A server that is gone without a word would never say goodbye.
    await Promise.race([this.client?.end(), delay(patience, undefined, { ref: false })]);
  }

  /** Called after a change: in force here at once, and told to every other instance. */
  async announce(): Promise<void> {
    await this.read();
    await this.dataSource.query('SELECT pg_notify($1, $2)', [channel, '']);
  }

  private async read(): Promise<void> {
    const rows = await this.dataSource.getRepository(Origin).find({ select: { origin: true } });
    this.policy.setStored(rows.map(({ origin }) => origin));
  }

  private async readQuietly(): Promise<void> {
    await this.read().catch((error: unknown) =>
      this.logger.warn(`The last known origins stay in force: ${String(error)}`),
    );
  }

  /** The embedded database has one process, so nobody to listen to. */
  private async listen(): Promise<void> {
    const { options } = this.dataSource;
    if (this.isStopped || options.type !== 'postgres' || options.url === undefined) return;
    const client = new pg.Client({
      connectionString: options.url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client.on('notification', () => void this.readQuietly());
    client.on('error', () => undefined); // 'end' follows
    client.once('end', () => this.listenLater());
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      await this.readQuietly(); // what was announced while nobody listened
    } catch (error) {
      this.logger.warn(`Not listening for origins: ${String(error)}`);
      await client.end().catch(() => undefined);
    }
  }

  private listenLater(): void {
    if (!this.isStopped) setTimeout(() => void this.listen(), reconnectAfter).unref();
  }
}
