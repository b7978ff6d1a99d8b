import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-jwt';
import { AccessTokens, type AccessTokenClaims } from './access-tokens.js';
import { AuthenticationCookies } from './authentication-cookies.js';
import type { CurrentUser } from './current-user.decorator.js';
import { SessionsService } from './sessions.service.js';

/** Takes the JWT from its cookie. Its session must exist, so that log-out ends it at once. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    cookies: AuthenticationCookies,
    tokens: AccessTokens,
    private readonly sessions: SessionsService,
  ) {
    super({
      ...tokens.verifyOptions,
      jwtFromRequest: (request: Request) => cookies.read(request).access ?? null,
      secretOrKeyProvider: (_: unknown, token: string, done: (error: Error | null, key?: Buffer) => void) => {
        const key = tokens.findKey(token);
        done(key ? null : new Error('Another key signed this token.'), key);
      },
    });
  }

  /** @returns false, which becomes a 401, for a token without expiry and for a session or a user that is gone */
  async validate({ sub, sid, exp }: Partial<AccessTokenClaims>): Promise<CurrentUser | false> {
    if (exp === undefined || sid === undefined) return false;
    return (await this.sessions.findUser(sid, Number(sub))) ?? false;
  }
}
