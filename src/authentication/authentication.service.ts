import { Injectable, UnauthorizedException } from '@nestjs/common';
import type { User } from '../users/user.entity.js';
import { AccessTokens } from './access-tokens.js';
import type { Tokens } from './authentication-cookies.js';
import type { LogIn, Register } from './authentication.schema.js';
import { Credentials } from './credentials.js';
import { MailTokensService } from './mail-tokens.service.js';
import { logSecurityEvent } from './security-log.js';
import { SessionsService, type Client } from './sessions.service.js';

@Injectable()
export class AuthenticationService {
  constructor(
    private readonly credentials: Credentials,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokens,
    private readonly mailTokens: MailTokensService,
  ) {}

  async register(account: Register): Promise<User> {
    const user = await this.credentials.create(account);
    logSecurityEvent('account-created', { userId: user.id });
    await this.mailTokens.send('email-confirmation', user);
    return user;
  }

  /** @throws UnauthorizedException in the same words and after the same time for an unknown address */
  async logIn(pair: LogIn, client: Client): Promise<{ user: User; tokens: Tokens }> {
    const user = await this.credentials.check(pair, client.ip);
    const session = user && (await this.sessions.create(user, client));
    if (user === undefined || session === undefined)
      throw new UnauthorizedException('The e-mail address or the password is wrong.');
    logSecurityEvent('log-in', { userId: user.id, sessionId: session.id });
    return { user, tokens: { access: this.accessTokens.sign(user.id, session.id), refresh: session.refresh } };
  }

  /** @throws UnauthorizedException with a type of its own when the token was replaced before, which ends the session */
  async refresh(token: string | undefined, client: Client): Promise<Tokens> {
    const rotation = token === undefined ? undefined : await this.sessions.rotate(token, client);
    if (rotation?.outcome === 'rotated')
      return { access: this.accessTokens.sign(rotation.userId, rotation.sessionId), refresh: rotation.refresh };
    if (rotation?.outcome === 'reused') {
      logSecurityEvent('refresh-reused', { userId: rotation.userId, sessionId: rotation.sessionId });
      throw new UnauthorizedException({ message: reused, type: 'urn:problem:refresh-token-reused' });
    }
    throw new UnauthorizedException('The session has ended. Log in again.');
  }

  /** Ends the session whichever of its tokens is there, also when the access token has expired. */
  async logOut({ access, refresh }: Partial<Tokens>): Promise<void> {
    const sessionId = access === undefined ? undefined : this.accessTokens.sessionOf(access);
    if (sessionId !== undefined) await this.sessions.endById(sessionId);
    if (refresh !== undefined) await this.sessions.endByRefreshToken(refresh);
    logSecurityEvent('log-out', { sessionId });
  }
}

const reused =
  'This refresh token was replaced before, so somebody may have copied it. The session is over: log in again.';
