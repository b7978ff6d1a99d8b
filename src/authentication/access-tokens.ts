import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { JwtService, type JwtSignOptions } from '@nestjs/jwt';
import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import type { Environment } from '../config/environment.schema.js';
import { pathPrefix } from '../config/path-prefix.js';
import { Secrets } from '../config/secrets.js';

/** RFC 7519, section 4.1; `sid` is the session (OpenID Connect Front-Channel Logout 1.0, section 3). */
export interface AccessTokenClaims {
  sub: string;
  sid: string;
  iat: number;
  exp: number;
}

/** A token that names another algorithm, `none` above all, is refused (RFC 8725, section 3.1). */
const algorithm = 'HS256';

/** The clocks of instances differ. */
const clockToleranceSeconds = 30;

/** A well-formed token before its signature is verified. */
interface DecodedToken {
  header?: { kid?: unknown };
}

/** Signs access tokens, and says what a verifier has to check. */
@Injectable()
export class AccessTokens {
  /** Issuer and audience: the public URL of this API. */
  private readonly issuer: string;
  /** By `kid` (RFC 7515, section 4.1.4): the start of a hash of the key, which tells nothing about it. */
  private readonly keys: ReadonlyMap<string, KeyObject>;
  private readonly newestKid: string;

  constructor(
    private readonly jwt: JwtService,
    private readonly config: ConfigService<Environment, true>,
    secrets: Secrets,
  ) {
    const apiUrl = config.get('API_URL', { infer: true });
    this.issuer = apiUrl.origin + pathPrefix(apiUrl);
    const keys = secrets.all.map((secret) => secrets.derive('access token', secret));
    // As key objects: given bytes, jsonwebtoken tries each time whether they are a public key, by an exception.
    this.keys = new Map(keys.map((key) => [kidOf(key), createSecretKey(key)]));
    this.newestKid = [...this.keys.keys()][0] ?? '';
  }

  sign(userId: number, sessionId: string): string {
    const options: JwtSignOptions = {
      algorithm,
      keyid: this.newestKid,
      privateKey: this.keys.get(this.newestKid),
      subject: String(userId),
      issuer: this.issuer,
      audience: this.issuer,
      expiresIn: this.config.get('ACCESS_TOKEN_TTL', { infer: true }),
    };
    return this.jwt.sign({ sid: sessionId }, options);
  }

  /**
   * The key that a token names. Every secret of `JWT_SECRET` verifies, so that a new one in front logs nobody out.
   *
   * @returns undefined when it names none of them; else a `KeyObject`, which jsonwebtoken takes although the types of the
   *   packages in between say `Buffer`
   */
  findKey(token: string): Buffer | undefined {
    try {
      const { header } = (this.jwt.decode(token, { complete: true }) as DecodedToken | null) ?? {};
      return typeof header?.kid === 'string' ? (this.keys.get(header.kid) as Buffer | undefined) : undefined;
    } catch {
      return undefined; // its claims are not JSON
    }
  }

  /** The session of a token, also of an expired one: for log-out. */
  findSessionId(token: string): string | undefined {
    const publicKey = this.findKey(token);
    if (publicKey === undefined) return undefined;
    try {
      const options = { ...this.verifyOptions, publicKey, ignoreExpiration: true };
      return this.jwt.verify<AccessTokenClaims>(token, options).sid;
    } catch {
      return undefined;
    }
  }

  /** The session that a token names. Not verified: for comparison with another token, never for access. */
  decodeSessionId(token: string): string | undefined {
    try {
      return this.jwt.decode<Partial<AccessTokenClaims> | null>(token)?.sid;
    } catch {
      return undefined; // its claims are not JSON
    }
  }

  /** passport-jwt passes on these three, and what is in `jsonWebTokenOptions`. */
  get verifyOptions() {
    const jsonWebTokenOptions = { clockTolerance: clockToleranceSeconds };
    return { algorithms: [algorithm as 'HS256'], issuer: this.issuer, audience: this.issuer, jsonWebTokenOptions };
  }
}

function kidOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 12);
}
