import { Injectable, UnauthorizedException } from '@nestjs/common';
import type { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import { AccessTokens } from './access-tokens.js';
import type { Tokens } from './authentication-cookies.js';
import type { LogIn, Register } from './authentication.schema.js';
import { Passwords } from './passwords.js';
import { SessionsService } from './sessions.service.js';

@Injectable()
export class AuthenticationService {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokens,
  ) {}

  async register({ email, name, password }: Register): Promise<User> {
    return this.users.create({ email, name, passwordHash: await this.passwords.hash(password) });
  }

  /** @throws UnauthorizedException in the same words and after the same time for an unknown address */
  async logIn({ email, password }: LogIn): Promise<{ user: User; tokens: Tokens }> {
    const user = await this.users.findWithPassword(email);
    const matches = await this.passwords.matches(password, user?.passwordHash);
    if (user === null || !matches) throw new UnauthorizedException('The e-mail address or the password is wrong.');
    const { id, refresh } = await this.sessions.create(user.id);
    return { user, tokens: { access: this.accessTokens.sign(user.id, id), refresh } };
  }

  /** @throws UnauthorizedException when the token is unknown, used before, or its session is over */
  async refresh(refresh: string | undefined): Promise<Tokens> {
    const session = refresh === undefined ? undefined : await this.sessions.rotate(refresh);
    if (session === undefined) throw new UnauthorizedException('The session has ended. Log in again.');
    return { access: this.accessTokens.sign(session.userId, session.id), refresh: session.refresh };
  }

  /** Ends the session whichever of its tokens is there, also when the access token has expired. */
  async logOut({ access, refresh }: Partial<Tokens>): Promise<void> {
    const sessionId = access === undefined ? undefined : this.accessTokens.sessionOf(access);
    if (sessionId !== undefined) await this.sessions.end(sessionId);
    if (refresh !== undefined) await this.sessions.endByRefreshToken(refresh);
  }
}
