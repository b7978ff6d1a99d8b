import { BadRequestException, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Environment } from '../config/environment.schema.js';
import { CrossOriginPolicy } from '../cross-origin/cross-origin-policy.js';
import { Mailer } from '../mail/mailer.js';
import type { User } from '../users/user.entity.js';
import { MailToken } from './mail-token.entity.js';
import { hashOf, newSecret } from './refresh-token.js';

type Purpose = MailToken['purpose'];

/** By purpose: how long a link works, in seconds, its path on the frontend, and the mail around it. */
const mails = {
  'password-reset': {
    lifetime: 3_600,
    path: '/reset-password',
    subject: 'Set a new password',
    text: 'Open this link to set a new password. It works once, for an hour. If you did not ask for it, do nothing.',
  },
  'email-confirmation': {
    lifetime: 259_200,
    path: '/confirm-email',
    subject: 'Confirm your e-mail address',
    text: 'Open this link to confirm your e-mail address. It works once, for three days.',
  },
} as const;

/** Links in mails: 256 random bits, stored as a hash, good for one use, one purpose and one address. */
@Injectable()
export class MailTokensService {
  private readonly frontend: string;

  constructor(
    @InjectRepository(MailToken) private readonly tokens: Repository<MailToken>,
    private readonly mailer: Mailer,
    policy: CrossOriginPolicy,
    config: ConfigService<Environment, true>,
  ) {
    const first = policy.configured.entries.find((origin) => !origin.includes('*')); // no link to a pattern
    this.frontend = first ?? config.get('API_URL', { infer: true });
  }

  async send(purpose: Purpose, { id: userId, email }: Pick<User, 'id' | 'email'>): Promise<void> {
    const secret = newSecret();
    const { lifetime, path, subject, text } = mails[purpose];
    await this.tokens.delete({ userId, purpose });
    const expiresAt = new Date(Date.now() + lifetime * 1_000);
    await this.tokens.insert({ hash: hashOf(secret), purpose, email, userId, expiresAt });
    this.mailer.send(email, subject, `${text}\n\n${this.frontend}${path}?token=${secret.toString('base64url')}\n`);
  }

  /**
   * Uses the token up, in one statement.
   *
   * @throws BadRequestException when it is unknown, used or too old, or the user has another address by now
   */
  async redeem(purpose: Purpose, token: string): Promise<{ userId: number; email: string }> {
    const hash = hashOf(Buffer.from(token, 'base64url'));
    const [rows] = await this.tokens.query<[{ userId: number; email: string }[], number]>(
      `DELETE FROM mail_tokens token USING users person
       WHERE hash = $1 AND purpose = $2 AND "expiresAt" > now()
         AND person.id = token."userId" AND person.email = token.email
       RETURNING "userId", token.email`,
      [hash, purpose],
    );
    const [redeemed] = rows;
    if (redeemed === undefined)
      throw new BadRequestException('This link was used before or is too old: ask for a new one.');
    return redeemed;
  }

  async forget(userId: number): Promise<void> {
    await this.tokens.delete({ userId });
  }
}
