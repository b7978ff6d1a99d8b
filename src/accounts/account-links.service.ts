import { Injectable, Logger } from '@nestjs/common';
import { CredentialsService } from '../authentication/credentials.service.js';
import type { SessionUser } from '../authentication/current-user.decorator.js';
import { RevocationService } from '../authentication/revocation.service.js';
import { logSecurityEvent } from '../logging/security-log.js';
import { UsersService } from '../users/users.service.js';
import type { ResetPassword } from './account.schema.js';
import { AccountMailsService } from './account-mails.service.js';

/** What users do with a link that was sent to them: reset the password, confirm the e-mail address. */
@Injectable()
export class AccountLinksService {
  private readonly logger = new Logger('Accounts');

  constructor(
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
    private readonly revocation: RevocationService,
    private readonly mails: AccountMailsService,
  ) {}

  /** Waits for nothing: how long it takes would tell whether the address has an account. */
  requestPasswordReset(email: string): void {
    this.mails.assertAvailable();
    this.users
      .findByEmail(email)
      .then((user) => user && this.mails.sendPasswordReset(user, this.users.manager))
      .catch((error: unknown) => this.logger.error(`A password reset could not be sent: ${String(error)}`));
  }

  /** Ends all sessions, revokes all tokens, and makes all other links invalid. The link came by mail, so the address is confirmed as well. */
  async resetPassword({ token, password }: ResetPassword): Promise<void> {
    await this.mails.assertValid('password-reset', token, this.users.manager);
    const passwordHash = await this.credentials.hashPassword(password);
    const userId = await this.users.manager.transaction(async (manager) => {
      const { userId, email } = await this.mails.redeem('password-reset', token, manager);
      await this.users.setPassword(userId, passwordHash, manager);
      await this.users.confirmEmail(userId, email, manager);
      await this.revocation.revokeAll(userId, manager);
      await this.mails.removeAll(userId, manager);
      return userId;
    });
    logSecurityEvent('password-reset', { userId });
  }

  async requestEmailConfirmation(user: SessionUser): Promise<void> {
    this.mails.assertAvailable();
    await this.mails.sendConfirmation(user, this.users.manager);
  }

  async confirmEmail(token: string): Promise<void> {
    const userId = await this.users.manager.transaction(async (manager) => {
      const { userId, email } = await this.mails.redeem('email-confirmation', token, manager);
      await this.users.confirmEmail(userId, email, manager);
      return userId;
    });
    logSecurityEvent('email-confirmed', { userId });
  }
}
