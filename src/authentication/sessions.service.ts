import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { InjectRepository } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { LessThan, MoreThan, Not, Repository } from 'typeorm';
import type { Environment } from '../config/environment.schema.js';
import { Secrets } from '../config/secrets.js';
import type { User } from '../users/user.entity.js';
import type { CurrentUser } from './current-user.js';
import {
  formatRefreshToken,
  hashOf,
  isOurs,
  newSecret,
  parseRefreshToken,
  successor,
  type RefreshToken,
} from './refresh-token.js';
import { Session } from './session.entity.js';

/** What a session remembers of the browser that used it last. */
export type Client = Pick<Session, 'ip' | 'userAgent'>;

type Authenticated = Pick<User, 'id' | 'passwordHash'>;

/** `reused`: the token was replaced a while ago, so somebody has a copy; the session is over. */
export type Rotation =
  | { outcome: 'rotated'; sessionId: string; userId: number; refresh: string }
  | { outcome: 'reused'; sessionId: string; userId: number }
  | { outcome: 'unknown' };

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** A session is a row: whoever shows the refresh token of the row renews it, until it expires or is deleted. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly config: ConfigService<Environment, true>,
    private readonly secrets: Secrets,
  ) {}

  /**
   * @param user with the hash that the password was found to match
   * @returns undefined when the password has changed since: that ended all sessions, and this one would outlive it
   */
  async create(user: Authenticated, client: Client): Promise<{ id: string; refresh: string } | undefined> {
    await this.sessions.delete({ userId: user.id, expiresAt: LessThan(new Date()) });
    const [id, secret] = [randomUUID(), newSecret()];
    const isCreated = await this.insert(id, user, hashOf(secret), client);
    return isCreated ? { id, refresh: formatRefreshToken(id, secret, this.key()) } : undefined;
  }

  /** Of many who show the same token at once, one replaces it and all are given the same new one. */
  async rotate(text: string, client: Client): Promise<Rotation> {
    const token = parseRefreshToken(text);
    if (token === undefined) return { outcome: 'unknown' };
    const next = successor(token.secret, this.key());
    const userId = await this.replace(token, hashOf(next), client);
    return userId === undefined ? this.answerFormer(token) : this.rotated(token.sessionId, userId, next);
  }

  /**
   * One indexed query, for every request that needs a session: it is why an ended session is ended at once. In SQL,
   * because to put it together each time takes longer than to run it.
   */
  async findUser(id: string, userId: number): Promise<CurrentUser | undefined> {
    if (!uuid.test(id)) return undefined;
    const [user] = await this.sessions.query<CurrentUser[]>(
      `SELECT u.id, u.email, u.name, u.role, u."emailConfirmedAt", u."createdAt", s.id AS "sessionId"
       FROM sessions s JOIN users u ON u.id = s."userId" WHERE s."id" = $1 AND s."expiresAt" > now()`,
      [id],
    );
    return user?.id === userId ? user : undefined;
  }

  async findAll(userId: number): Promise<Session[]> {
    return this.sessions.find({ where: { userId, expiresAt: MoreThan(new Date()) }, order: { lastUsedAt: 'DESC' } });
  }

  /** @returns false when this user has no such session */
  async end(userId: number, id: string): Promise<boolean> {
    return (await this.sessions.delete({ userId, id })).affected === 1;
  }

  async endAllBut(userId: number, id: string): Promise<void> {
    await this.sessions.delete({ userId, id: Not(id) });
  }

  async endAll(userId: number): Promise<void> {
    await this.sessions.delete({ userId });
  }

  /** Log-out with the access token, expired or not. */
  async endById(id: string): Promise<void> {
    if (uuid.test(id)) await this.sessions.delete({ id });
  }

  /** Log-out with the refresh token, the current one or the one before. */
  async endByRefreshToken(text: string): Promise<void> {
    const { sessionId: id, secret } = parseRefreshToken(text) ?? {};
    if (id === undefined || secret === undefined) return;
    const hash = hashOf(secret);
    await this.sessions.delete([
      { id, refreshHash: hash },
      { id, previousHash: hash },
    ]);
  }

  /** One statement, which waits for a change of the password that is under way. */
  private async insert(id: string, user: Authenticated, hash: Buffer, client: Client): Promise<boolean> {
    const rows = await this.sessions.query<{ id: string }[]>(
      `INSERT INTO sessions (id, "userId", "refreshHash", "expiresAt", "endsAt", ip, "userAgent")
       SELECT $1, id, $4, now() + make_interval(secs => least($5::int, $6::int)), now() + make_interval(secs => $6), $7, $8
       FROM users WHERE id = $2 AND "passwordHash" = $3 FOR SHARE RETURNING id`,
      [
        ...[id, user.id, user.passwordHash, hash],
        ...[this.lifetime('REFRESH_TOKEN_TTL'), this.lifetime('SESSION_TTL'), client.ip, client.userAgent],
      ],
    );
    return rows.length === 1;
  }

  /** @returns the session's user, undefined when the token is not the one in force */
  private async replace({ sessionId, secret }: RefreshToken, next: Buffer, client: Client) {
    const [rows] = await this.sessions.query<[{ userId: number }[], number]>(
      `UPDATE sessions SET "previousHash" = "refreshHash", "refreshHash" = $3, "rotatedAt" = now(), "lastUsedAt" = now(),
         "expiresAt" = least(now() + make_interval(secs => $4), "endsAt"), ip = $5, "userAgent" = $6
       WHERE id = $1 AND "refreshHash" = $2 AND "expiresAt" > now() RETURNING "userId"`,
      [sessionId, hashOf(secret), next, this.lifetime('REFRESH_TOKEN_TTL'), client.ip, client.userAgent],
    );
    return rows[0]?.userId;
  }

  /** A token no longer in force: fine for a moment that does not slide (another tab, a lost answer), then a theft. */
  private async answerFormer(token: RefreshToken): Promise<Rotation> {
    const { sessionId, secret } = token;
    const [session] = await this.sessions.query<{ userId: number; refreshHash: Buffer; isRecent: boolean }[]>(
      `SELECT "userId", "refreshHash",
         "previousHash" = $2 AND "rotatedAt" > now() - make_interval(secs => $3) AS "isRecent"
       FROM sessions WHERE id = $1 AND "expiresAt" > now()`,
      [sessionId, hashOf(secret), this.lifetime('REFRESH_GRACE')],
    );
    if (session === undefined) return { outcome: 'unknown' };
    const { userId, refreshHash, isRecent } = session;
    const keys = this.secrets.all.map((secret) => this.key(secret));
    const next = keys.map((key) => successor(secret, key)).find((next) => hashOf(next).equals(refreshHash));
    if (isRecent && next) return this.rotated(sessionId, userId, next);
    if (!keys.some((key) => isOurs(token, key))) return { outcome: 'unknown' };
    await this.sessions.delete({ id: sessionId });
    return { outcome: 'reused', sessionId, userId };
  }

  private rotated(sessionId: string, userId: number, next: Buffer): Rotation {
    return { outcome: 'rotated', sessionId, userId, refresh: formatRefreshToken(sessionId, next, this.key()) };
  }

  private key(secret?: string): Buffer {
    return this.secrets.derive('refresh token', secret);
  }

  /** In seconds. */
  private lifetime(key: 'REFRESH_TOKEN_TTL' | 'REFRESH_GRACE' | 'SESSION_TTL'): number {
    return this.config.get(key, { infer: true });
  }
}
