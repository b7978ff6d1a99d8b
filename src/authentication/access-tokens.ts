import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { JwtService, type JwtSignOptions } from '@nestjs/jwt';
import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
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

/** What `complete` decoding yields of a well-formed token, before anything is verified. */
interface Decoded {
  header?: { kid?: unknown };
}

/** In seconds: clocks of instances differ. */
const clockTolerance = 30;

/** Signs access tokens, and says what a verifier has to insist on. */
@Injectable()
export class AccessTokens {
  private readonly issuer: string;
  /**
   * By `kid`, which names a key without telling anything about it. An unknown one finds nothing: it is never a path. Of
   * bytes, jsonwebtoken would find out each time, by an exception, that they are no public key.
   */
  private readonly keys: ReadonlyMap<string, KeyObject>;
  private readonly newest: string;

  constructor(
    private readonly jwt: JwtService,
    private readonly config: ConfigService<Environment, true>,
    secrets: Secrets,
  ) {
    this.issuer = config.get('API_URL', { infer: true });
    const keys = secrets.all.map((secret) => secrets.derive('access token', secret));
    this.keys = new Map(keys.map((key) => [nameOf(key), createSecretKey(key)]));
    this.newest = [...this.keys.keys()][0] ?? '';
  }

  sign(userId: number, sessionId: string): string {
    const options: JwtSignOptions = {
      algorithm,
      keyid: this.newest,
      privateKey: this.keys.get(this.newest),
      subject: String(userId),
      issuer: this.issuer,
      audience: this.issuer,
      expiresIn: this.config.get('ACCESS_TOKEN_TTL', { infer: true }),
    };
    return this.jwt.sign({ sid: sessionId }, options);
  }

  /**
   * Every listed secret verifies, so that a new one in front logs nobody out. Undefined: it names none of them.
   *
   * @returns a `KeyObject`, which jsonwebtoken takes and the types of those in between do not know yet
   */
  keyFor(token: string): Buffer | undefined {
    try {
      const { header } = (this.jwt.decode(token, { complete: true }) as Decoded | null) ?? {};
      return typeof header?.kid === 'string' ? (this.keys.get(header.kid) as Buffer | undefined) : undefined;
    } catch {
      return undefined; // its claims are no JSON
    }
  }

  /** The session a token belongs to, even when the token has expired: for log-out. */
  sessionOf(token: string): string | undefined {
    const publicKey = this.keyFor(token);
    if (publicKey === undefined) return undefined;
    try {
      const options = { ...this.verification, publicKey, ignoreExpiration: true };
      return this.jwt.verify<AccessTokenClaims>(token, options).sid;
    } catch {
      return undefined;
    }
  }

  /** passport-jwt hands on nothing but these three and what is in `jsonWebTokenOptions`. */
  get verification() {
    const algorithms = [algorithm as 'HS256'];
    return { algorithms, issuer: this.issuer, audience: this.issuer, jsonWebTokenOptions: { clockTolerance } };
  }
}

function nameOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 12);
}
