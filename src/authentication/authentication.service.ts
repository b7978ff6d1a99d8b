import { HttpStatus, Injectable, UnauthorizedException } from '@nestjs/common';
import { logSecurityEvent } from '../logging/security-log.js';
import { ProblemException } from '../problems/problem.exception.js';
import type { User } from '../users/user.entity.js';
import { AccessTokens } from './access-tokens.js';
import type { Tokens } from './authentication-cookies.js';
import type { LogIn } from './authentication.schema.js';
import { CredentialsService } from './credentials.service.js';
import type { Client } from './current-client.decorator.js';
import { parseRefreshToken } from './refresh-token.js';
import { SessionsService } from './sessions.service.js';

@Injectable()
export class AuthenticationService {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokens,
  ) {}

  /** @throws UnauthorizedException in the same words and after the same time for an unknown address */
  async logIn(credentials: LogIn, client: Client): Promise<{ user: User; tokens: Tokens }> {
    const user = await this.credentials.verify(credentials, client.ip);
    const session = user && (await this.sessions.create(user, client));
    if (user === undefined || session === undefined)
      throw new UnauthorizedException('The e-mail address or the password is wrong.');
    logSecurityEvent('log-in', { userId: user.id, sessionId: session.id });
    return { user, tokens: { access: this.accessTokens.sign(user.id, session.id), refresh: session.refreshToken } };
  }

  /**
   * @param whenEnded called when the session is known to be over, and only then: an outage logs nobody out
   * @throws ProblemException 401 with a type of its own when the token was replaced before, which ends the session; 503 when
   *   another instance, whose secret this one does not have yet, has just replaced the token
   */
  async refresh(refreshToken: string | undefined, client: Client, whenEnded: () => void): Promise<Tokens> {
    const rotation = refreshToken === undefined ? undefined : await this.sessions.rotate(refreshToken, client);
    if (rotation?.outcome === 'rotated') {
      const { userId, sessionId } = rotation;
      return { access: this.accessTokens.sign(userId, sessionId), refresh: rotation.refreshToken };
    }
    if (rotation?.outcome === 'rotated-elsewhere') throw rotatedElsewhere();
    whenEnded();
    if (rotation?.outcome === 'reused') {
      logSecurityEvent('refresh-reused', { userId: rotation.userId, sessionId: rotation.sessionId });
      throw refreshTokenReused();
    }
    throw new UnauthorizedException('The session has ended. Log in again.');
  }

  /** A refresh cookie of the former name counts when the access cookie, which no other host can set, names its session. */
  formerRefreshToken(refresh: string | undefined, access: string | undefined): string | undefined {
    if (refresh === undefined || access === undefined) return undefined;
    return this.accessTokens.decodeSessionId(access) === parseRefreshToken(refresh)?.sessionId ? refresh : undefined;
  }

  /** Ends the session of each token, also of an expired one. */
  async logOut({ access, refresh }: { access: string[]; refresh: string[] }): Promise<void> {
    const byAccess = access.map((token) => this.accessTokens.findSessionId(token)).filter((id) => id !== undefined);
    for (const id of byAccess) await this.sessions.endById(id);
    for (const token of refresh) await this.sessions.endByRefreshToken(token);
    logSecurityEvent('log-out', { sessionId: byAccess[0] });
  }
}

function rotatedElsewhere(): ProblemException {
  return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, {
    detail: 'Another instance has just renewed this session, with a secret that this one does not have. Try again.',
    headers: { 'Retry-After': '1' },
  });
}

function refreshTokenReused(): ProblemException {
  return new ProblemException(HttpStatus.UNAUTHORIZED, {
    detail:
      'This refresh token was replaced before, so somebody may have copied it. The session has ended: log in again.',
    type: 'urn:problem:refresh-token-reused',
  });
}
