import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { EntityManager } from 'typeorm';
import type { Environment } from '../config/environment.schema.js';
import { MailService, type Mail } from '../mail/mail.service.js';
import { tooManyRequests, type RateLimiter } from '../rate-limits/rate-limit.js';
import { RateLimiters } from '../rate-limits/rate-limiters.js';
import type { User } from '../users/user.entity.js';
import type { MailToken } from './mail-token.entity.js';
import { MailTokensService } from './mail-tokens.service.js';

type Recipient = Pick<User, 'id' | 'email'>;

const windowSeconds = 3_600;

/** Mails with links, a limited number for each user: nobody can fill the mailbox of another. */
@Injectable()
export class AccountMailsService {
  private readonly limiter: RateLimiter;

  constructor(
    private readonly tokens: MailTokensService,
    private readonly mail: MailService,
    limiters: RateLimiters,
    config: ConfigService<Environment, true>,
  ) {
    const points = config.get('MAILS_PER_HOUR', { infer: true });
    this.limiter = limiters.create({ name: 'mails', points, windowSeconds });
  }

  /** @throws ServiceUnavailableException when this API cannot send mail */
  assertAvailable(): void {
    this.mail.assertAvailable();
  }

  async createConfirmation(user: Recipient, manager: EntityManager): Promise<Mail> {
    return this.tokens.create('email-confirmation', user, manager);
  }

  /** After the transaction that created its link. Counted, and sent even beyond the limit: the user has just given it. */
  async send({ id }: Recipient, mail: Mail): Promise<void> {
    await this.limiter.consume(String(id));
    this.mail.send(mail);
  }

  /** @throws ProblemException 429 beyond the limit */
  async sendConfirmation(user: Recipient, manager: EntityManager): Promise<void> {
    const limit = await this.limiter.consume(String(user.id));
    if (limit.isExceeded) throw tooManyRequests(limit);
    this.mail.send(await this.createConfirmation(user, manager));
  }

  /** Beyond the limit nothing is sent, and nothing tells so: anyone may have sent the request. */
  async sendPasswordReset(user: Recipient, manager: EntityManager): Promise<void> {
    const { isExceeded } = await this.limiter.consume(String(user.id));
    if (!isExceeded) this.mail.send(await this.tokens.create('password-reset', user, manager));
  }

  /** @throws BadRequestException as `redeem`, without using the token up */
  async assertValid(purpose: MailToken['purpose'], token: string, manager: EntityManager): Promise<void> {
    await this.tokens.assertValid(purpose, token, manager);
  }

  /** @throws BadRequestException when the token is unknown, used or expired */
  async redeem(
    purpose: MailToken['purpose'],
    token: string,
    manager: EntityManager,
  ): Promise<{ userId: number; email: string }> {
    return this.tokens.redeem(purpose, token, manager);
  }

  async removeAll(userId: number, manager: EntityManager): Promise<void> {
    await this.tokens.removeAll(userId, manager);
  }
}
