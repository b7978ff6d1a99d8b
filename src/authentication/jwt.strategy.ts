import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-jwt';
import { AccessTokens, type AccessTokenClaims } from './access-tokens.js';
import { AuthenticationCookies } from './authentication-cookies.js';
import type { CurrentUser } from './current-user.js';
import { SessionsService } from './sessions.service.js';

/** The JWT comes in its cookie; its session must still be there, so that an ended one is ended at once. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    cookies: AuthenticationCookies,
    tokens: AccessTokens,
    private readonly sessions: SessionsService,
  ) {
    super({
      ...tokens.verification,
      jwtFromRequest: (request: Request) => cookies.read(request).access ?? null,
      secretOrKeyProvider: (_: unknown, token: string, done: (error: Error | null, key?: Buffer) => void) => {
        const key = tokens.keyFor(token);
        done(key ? null : new Error('This token was signed by somebody else.'), key);
      },
    });
  }

  /** @returns false, which is a 401, without an expiry, and for a session or a user that is gone */
  async validate({ sub, sid, exp }: Partial<AccessTokenClaims>): Promise<CurrentUser | false> {
    if (exp === undefined || sid === undefined) return false;
    return (await this.sessions.findUser(sid, Number(sub))) ?? false;
  }
}
