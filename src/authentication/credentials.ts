import { Injectable } from '@nestjs/common';
import type { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import type { LogIn, Register } from './authentication.schema.js';
import { LogInLimits } from './log-in-limits.js';
import { Passwords } from './passwords.js';
import { logSecurityEvent } from './security-log.js';

/** E-mail addresses and the passwords that go with them. */
@Injectable()
export class Credentials {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: Passwords,
    private readonly limits: LogInLimits,
  ) {}

  async create({ email, name, password }: Register): Promise<User> {
    return this.users.create({ email, name, passwordHash: await this.passwords.hash(password) });
  }

  /**
   * Takes as long for an unknown address. Every attempt counts until one succeeds.
   *
   * @returns undefined for a wrong pair
   * @throws HttpException 429 after too many attempts
   */
  async check({ email, password }: LogIn, ip: string): Promise<User | undefined> {
    await this.limits.countAttempt(email, ip);
    const user = await this.users.findWithPassword(email);
    const matches = await this.passwords.matches(password, user?.passwordHash);
    if (user === null || !matches) {
      logSecurityEvent('log-in-failed', { userId: user?.id });
      return undefined;
    }
    await this.limits.forget(email, ip);
    return user;
  }

  async hash(password: string): Promise<string> {
    return this.passwords.hash(password);
  }
}
