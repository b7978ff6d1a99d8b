import { ForbiddenException, Injectable } from '@nestjs/common';
import { CredentialsService } from '../authentication/credentials.service.js';
import type { SessionUser } from '../authentication/current-user.decorator.js';
import { RevocationService } from '../authentication/revocation.service.js';
import { logSecurityEvent } from '../logging/security-log.js';
import type { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import type { ChangePassword, DeleteAccount, Register, UpdateAccount } from './account.schema.js';
import { AccountMailsService } from './account-mails.service.js';

/** What users do with their own account. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
    private readonly revocation: RevocationService,
    private readonly mails: AccountMailsService,
  ) {}

  async create({ email, name, password }: Register): Promise<User> {
    const passwordHash = await this.credentials.hashPassword(password);
    const [user, mail] = await this.users.manager.transaction(async (manager) => {
      const created = await this.users.create({ email, name, passwordHash }, manager);
      return [created, await this.mails.createConfirmation(created, manager)] as const;
    });
    logSecurityEvent('account-created', { userId: user.id });
    await this.mails.send(user, mail);
    return user;
  }

  /** A new address has to be confirmed again, and makes all links to the former one invalid. */
  async update(user: SessionUser, { password, ...changes }: UpdateAccount, ip: string): Promise<User> {
    if (changes.email === undefined) return this.users.update(user.id, changes, this.users.manager);
    await this.assertPassword(user, password ?? '', ip);
    const [updated, mail] = await this.users.manager.transaction(async (manager) => {
      const changed = await this.users.update(user.id, changes, manager);
      await this.mails.removeAll(user.id, manager);
      return [changed, await this.mails.createConfirmation(changed, manager)] as const;
    });
    logSecurityEvent('email-changed', { userId: user.id });
    await this.mails.send(user, mail);
    return updated;
  }

  async changePassword(user: SessionUser, { currentPassword, newPassword }: ChangePassword, ip: string): Promise<void> {
    await this.assertPassword(user, currentPassword, ip);
    const passwordHash = await this.credentials.hashPassword(newPassword);
    await this.users.manager.transaction(async (manager) => {
      await this.users.setPassword(user.id, passwordHash, manager);
      await this.revocation.revokeOthers(user.id, user.sessionId, manager);
      await this.mails.removeAll(user.id, manager);
    });
    logSecurityEvent('password-changed', { userId: user.id, sessionId: user.sessionId });
  }

  /** Posts, categories and products stay, without an author (docs/decisions/004). */
  async remove(user: SessionUser, { password }: DeleteAccount, ip: string): Promise<void> {
    await this.assertPassword(user, password, ip);
    await this.users.remove(user.id);
    logSecurityEvent('account-deleted', { userId: user.id });
  }

  /** A stolen session must not be able to guess the password either: these attempts count like log-ins. */
  private async assertPassword({ email }: SessionUser, password: string, ip: string): Promise<void> {
    if ((await this.credentials.verify({ email, password }, ip)) === undefined)
      throw new ForbiddenException('The password is wrong.');
  }
}
