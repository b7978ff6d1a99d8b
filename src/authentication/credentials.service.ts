import { Injectable } from '@nestjs/common';
import { logSecurityEvent } from '../logging/security-log.js';
import { PasswordsService } from '../passwords/passwords.service.js';
import { LogInLimits } from '../rate-limits/log-in-limits.js';
import type { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import type { LogIn } from './authentication.schema.js';

/** E-mail addresses and the passwords that belong to them. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly limits: LogInLimits,
  ) {}

  /** @throws ProblemException 503 when too many hashes are queued */
  async hashPassword(password: string): Promise<string> {
    return this.passwords.hash(password);
  }

  /**
   * Takes as long for an unknown address. Attempts are counted until one succeeds.
   *
   * @returns undefined when the address is unknown or the password is wrong
   * @throws ProblemException 429 after too many attempts; 503 when too many hashes are queued, which counts as no attempt
   */
  async verify({ email, password }: LogIn, ip: string): Promise<User | undefined> {
    const user = await this.users.findWithPassword(email);
    const matches = await this.limits.attempt({ account: user?.id ?? email, ip }, () =>
      this.passwords.matches(password, user?.passwordHash),
    );
    if (user === null || !matches) {
      logSecurityEvent('log-in-failed', { userId: user?.id });
      return undefined;
    }
    await this.limits.reset(user.id, ip);
    return this.passwords.needsRehash(user.passwordHash) ? this.rehash(user, password) : user;
  }

  /** `BCRYPT_COST` has changed since the password was set. @returns undefined when the password was changed meanwhile */
  private async rehash(user: User, password: string): Promise<User | undefined> {
    const passwordHash = await this.passwords.hash(password);
    if (await this.users.replacePasswordHash(user, passwordHash)) return Object.assign(user, { passwordHash });
    // Another log-in at the same moment has replaced it, or the password was changed.
    const current = await this.users.findWithPassword(user.email);
    const matches = current !== null && (await this.passwords.matches(password, current.passwordHash));
    return matches ? current : undefined;
  }
}
