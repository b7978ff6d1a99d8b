import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { EntityManager } from 'typeorm';
import { SessionsService } from '../authentication/sessions.service.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { MailTokensService } from './mail-tokens.service.js';

const intervalMs = 600_000;

/** Rows that one statement removes: it locks them, and a server with a backlog has other things to do. */
const batchSize = 1_000;

/** Removes sessions, links and idempotency keys that have expired, at start and every ten minutes. */
@Injectable()
export class ExpiredRowsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('ExpiredRows');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly sessions: SessionsService,
    private readonly mailTokens: MailTokensService,
    private readonly idempotency: IdempotencyService,
    @InjectEntityManager() private readonly manager: EntityManager,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tryRemove(), intervalMs).unref();
    void this.tryRemove();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async remove(): Promise<void> {
    while ((await this.sessions.removeExpired(batchSize)) === batchSize);
    while ((await this.mailTokens.removeExpired(batchSize, this.manager)) === batchSize);
    while ((await this.idempotency.removeExpired(batchSize)) === batchSize);
  }

  /** Without the database there is another time. */
  private async tryRemove(): Promise<void> {
    await this.remove().catch((error: unknown) => this.logger.debug(String(error)));
  }
}
