import { ForbiddenException, Injectable, Logger } from '@nestjs/common';
import type { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import type { ChangePassword, DeleteAccount, ResetPassword, UpdateAccount } from './account.schema.js';
import type { CurrentUser } from './current-user.js';
import { Credentials } from './credentials.js';
import { MailTokensService } from './mail-tokens.service.js';
import { logSecurityEvent } from './security-log.js';
import { SessionsService } from './sessions.service.js';

/** What people do with their own account. */
@Injectable()
export class AccountsService {
  private readonly logger = new Logger('Accounts');

  constructor(
    private readonly credentials: Credentials,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly mailTokens: MailTokensService,
  ) {}

  /** Name and address; a new address has to be confirmed anew. */
  async update(user: CurrentUser, { password, ...changes }: UpdateAccount, ip: string): Promise<User> {
    if (changes.email !== undefined) await this.assertPassword(user, password ?? '', ip);
    const updated = await this.users.update(user.id, changes);
    if (changes.email !== undefined) {
      logSecurityEvent('email-changed', { userId: user.id });
      await this.mailTokens.forget(user.id);
      await this.mailTokens.send('email-confirmation', updated);
    }
    return updated;
  }

  /** Ends every other session: whoever knew the old password is out. */
  async changePassword(user: CurrentUser, { currentPassword, newPassword }: ChangePassword, ip: string): Promise<void> {
    await this.assertPassword(user, currentPassword, ip);
    await this.users.setPassword(user.id, await this.credentials.hash(newPassword));
    await this.sessions.endAllBut(user.id, user.sessionId);
    await this.mailTokens.forget(user.id);
    logSecurityEvent('password-changed', { userId: user.id, sessionId: user.sessionId });
  }

  /** Posts, categories and products stay, without a name on them (docs/decisions). */
  async remove(user: CurrentUser, { password }: DeleteAccount, ip: string): Promise<void> {
    await this.assertPassword(user, password, ip);
    await this.users.remove(user.id);
    logSecurityEvent('account-deleted', { userId: user.id });
  }

  /** Nothing is awaited that would take longer for an address we know. */
  requestPasswordReset(email: string): void {
    this.users
      .findByEmail(email)
      .then((user) => user && this.mailTokens.send('password-reset', user))
      .catch((error: unknown) => this.logger.error(`A password reset could not be sent: ${String(error)}`));
  }

  /** Ends all sessions. The link came by mail, so the address is confirmed as well. */
  async resetPassword({ token, password }: ResetPassword): Promise<void> {
    const passwordHash = await this.credentials.hash(password);
    const { userId, email } = await this.mailTokens.redeem('password-reset', token);
    await this.users.setPassword(userId, passwordHash);
    await this.users.confirmEmail(userId, email);
    await this.sessions.endAll(userId);
    logSecurityEvent('password-reset', { userId });
  }

  async requestConfirmation(user: CurrentUser): Promise<void> {
    await this.mailTokens.send('email-confirmation', user);
  }

  async confirmEmail(token: string): Promise<void> {
    const { userId, email } = await this.mailTokens.redeem('email-confirmation', token);
    await this.users.confirmEmail(userId, email);
    logSecurityEvent('email-confirmed', { userId });
  }

  /** A stolen session must not be able to guess the password either. */
  private async assertPassword({ email }: CurrentUser, password: string, ip: string): Promise<void> {
    if ((await this.credentials.check({ email, password }, ip)) === undefined)
      throw new ForbiddenException('The password is wrong.');
  }
}
