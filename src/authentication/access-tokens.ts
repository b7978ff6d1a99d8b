import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { JwtService, type JwtSignOptions } from '@nestjs/jwt';
import type { Environment } from '../config/environment.schema.js';
import { Secrets } from '../config/secrets.js';

/** RFC 7519, section 4.1; `sid` is the session (OpenID Connect Front-Channel Logout 1.0, section 3). */
export interface AccessTokenClaims {
  sub: string;
  sid: string;
  iat: number;
  exp: number;
}

/** The algorithm is fixed: a token that names another one, `none` above all, is refused (RFC 8725, section 3.1). */
const algorithm = 'HS256';

/** Signs access tokens, and says what a verifier has to insist on. */
@Injectable()
export class AccessTokens {
  readonly issuer: string;

  constructor(
    private readonly jwt: JwtService,
    private readonly secrets: Secrets,
    private readonly config: ConfigService<Environment, true>,
  ) {
    this.issuer = config.get('API_URL', { infer: true });
  }

  sign(userId: number, sessionId: string): string {
    const options: JwtSignOptions = {
      algorithm,
      secret: this.key(this.secrets.all[0]),
      subject: String(userId),
      issuer: this.issuer,
      audience: this.issuer,
      expiresIn: this.config.get('ACCESS_TOKEN_TTL', { infer: true }),
    };
    return this.jwt.sign({ sid: sessionId }, options);
  }

  /** Every listed secret verifies, so that a new one in front logs nobody out. Undefined: none of them signed this. */
  keyFor(token: string): Buffer | undefined {
    return this.secrets.all.map((secret) => this.key(secret)).find((key) => this.verify(token, key));
  }

  /** The session a token belongs to, even when the token has expired: for log-out. */
  sessionOf(token: string): string | undefined {
    const key = this.keyFor(token);
    return key && this.verify(token, key)?.sid;
  }

  get verification() {
    return { algorithms: [algorithm as 'HS256'], issuer: this.issuer, audience: this.issuer };
  }

  private key(secret: string): Buffer {
    return this.secrets.derive('access token', secret);
  }

  private verify(token: string, secret: Buffer): AccessTokenClaims | undefined {
    try {
      return this.jwt.verify<AccessTokenClaims>(token, { ...this.verification, secret, ignoreExpiration: true });
    } catch {
      return undefined;
    }
  }
}
