import { BadRequestException, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { EntityManager, MoreThan } from 'typeorm';
import { hashSecret, newSecret } from '../authentication/refresh-token.js';
import type { Environment } from '../config/environment.schema.js';
import type { Mail } from '../mail/mail.service.js';
import type { User } from '../users/user.entity.js';
import { MailToken } from './mail-token.entity.js';

type Purpose = MailToken['purpose'];

/** By purpose: the lifetime of the link, the page that it opens, and the mail around it. */
const mails = {
  'password-reset': {
    lifetimeSeconds: 3_600,
    page: 'PASSWORD_RESET_URL',
    subject: 'Set a new password',
    text: 'Open this link to set a new password. It works once, for an hour. If you did not ask for it, ignore this mail.',
  },
  'email-confirmation': {
    lifetimeSeconds: 259_200,
    page: 'EMAIL_CONFIRMATION_URL',
    subject: 'Confirm your e-mail address',
    text: 'Open this link to confirm your e-mail address. It works once, for three days.',
  },
} as const;

/** Links in mails: 256 random bits, stored as a hash, valid for one use, one purpose and one address. */
@Injectable()
export class MailTokensService {
  constructor(private readonly config: ConfigService<Environment, true>) {}

  /** Replaces the former token of this user and purpose, in one statement. @returns the mail with its link */
  async create(purpose: Purpose, user: Pick<User, 'id' | 'email'>, manager: EntityManager): Promise<Mail> {
    const secret = newSecret();
    const { lifetimeSeconds, page, subject, text } = mails[purpose];
    const expiresAt = new Date(Date.now() + lifetimeSeconds * 1_000);
    const row = { hash: hashSecret(secret), purpose, email: user.email, userId: user.id, expiresAt };
    await manager.upsert(MailToken, row, ['userId', 'purpose']);
    const link = new URL(this.config.get(page, { infer: true }));
    link.searchParams.set('token', secret.toString('base64url'));
    return { to: user.email, subject, text: `${text}\n\n${link.href}\n` };
  }

  /** Looks before anything expensive is done for it. @throws BadRequestException as `redeem` */
  async assertValid(purpose: Purpose, token: string, manager: EntityManager): Promise<void> {
    const isValid = await manager.existsBy(MailToken, {
      hash: hashOf(token),
      purpose,
      expiresAt: MoreThan(new Date()),
    });
    if (!isValid) throw invalidLink();
  }

  /**
   * Uses the token up, in one statement. It locks the user first, as all that changes an account: the other way round, a
   * deletion of the account at the same moment would be a deadlock.
   *
   * @throws BadRequestException when it is unknown, used or expired, or the user has another address by now
   */
  async redeem(purpose: Purpose, token: string, manager: EntityManager): Promise<{ userId: number; email: string }> {
    const [rows] = await manager.query<[{ userId: number; email: string }[], number]>(
      `WITH account AS MATERIALIZED (
         SELECT users.id, users.email FROM users JOIN mail_tokens ON users.id = "userId" AND users.email = mail_tokens.email
         WHERE hash = $1 FOR NO KEY UPDATE OF users)
       DELETE FROM mail_tokens token USING account
       WHERE hash = $1 AND purpose = $2 AND "expiresAt" > now() AND account.id = token."userId"
       RETURNING "userId", token.email`,
      [hashOf(token), purpose],
    );
    const [redeemed] = rows;
    if (redeemed === undefined) throw invalidLink();
    return redeemed;
  }

  /** @returns how many links have expired and are removed: at most as many as asked for */
  async removeExpired(limit: number, manager: EntityManager): Promise<number> {
    const [, count] = await manager.query<[unknown, number]>(
      'DELETE FROM mail_tokens WHERE hash IN (SELECT hash FROM mail_tokens WHERE "expiresAt" < now() LIMIT $1)',
      [limit],
    );
    return count;
  }

  /** Makes every link that was sent to this user invalid. */
  async removeAll(userId: number, manager: EntityManager): Promise<void> {
    await manager.delete(MailToken, { userId });
  }
}

function hashOf(token: string): Buffer {
  return hashSecret(Buffer.from(token, 'base64url'));
}

function invalidLink(): BadRequestException {
  return new BadRequestException('This link was used before or has expired: request a new one.');
}
