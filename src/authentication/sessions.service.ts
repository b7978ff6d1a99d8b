import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { InjectRepository } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { EntityManager, MoreThan, Not, Repository } from 'typeorm';
import type { Environment } from '../config/environment.schema.js';
import { Secrets } from '../config/secrets.js';
import type { User } from '../users/user.entity.js';
import type { Client } from './current-client.decorator.js';
import type { CurrentUser } from './current-user.decorator.js';
import {
  formatRefreshToken,
  hashSecret,
  hasValidProof,
  newSecret,
  nextSecret,
  parseRefreshToken,
  type RefreshToken,
} from './refresh-token.js';
import { Session } from './session.entity.js';

/** A user whose password was found to match this hash. */
type VerifiedUser = Pick<User, 'id' | 'passwordHash'>;

interface NewSession {
  id: string;
  user: VerifiedUser;
  hash: Buffer;
  client: Client;
}

/**
 * `reused`: the token was replaced before the grace period, so somebody has a copy; the session has ended.
 * `rotated-elsewhere`: within the grace period, and with a secret that this instance does not have.
 */
export type Rotation =
  | { outcome: 'rotated'; sessionId: string; userId: number; refreshToken: string }
  | { outcome: 'reused'; sessionId: string; userId: number }
  | { outcome: 'rotated-elsewhere' }
  | { outcome: 'unknown' };

/** The largest value of SESSIONS_PER_USER. */
const maxSessionsPerUser = 100;

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** A session is a row. Its refresh token renews it, until the row expires or is deleted. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly config: ConfigService<Environment, true>,
    private readonly secrets: Secrets,
  ) {}

  /**
   * @returns undefined when the password has changed since it was compared: that ended all sessions, and has to end this one
   */
  async create(user: VerifiedUser, client: Client): Promise<{ id: string; refreshToken: string } | undefined> {
    const [id, secret] = [randomUUID(), newSecret()];
    const isCreated = await this.sessions.manager.transaction(async (manager) => {
      const isInserted = await this.insert(manager, { id, user, hash: hashSecret(secret), client });
      if (isInserted) await this.endOldest(manager, user.id);
      return isInserted;
    });
    return isCreated ? { id, refreshToken: formatRefreshToken(id, secret, this.key()) } : undefined;
  }

  /** Of many requests with the same token at once, one replaces it, and all receive the same new one. */
  async rotate(text: string, client: Client): Promise<Rotation> {
    const token = parseRefreshToken(text);
    if (token === undefined) return { outcome: 'unknown' };
    const next = nextSecret(token.secret, this.key());
    const userId = await this.replace(token, hashSecret(next), client);
    return userId === undefined ? this.handleReplaced(token) : this.rotated(token.sessionId, userId, next);
  }

  /**
   * One indexed query for every request that needs a session: because of it, a session that ends is refused at once. In
   * SQL, because TypeORM would take longer to build the query than PostgreSQL takes to run it.
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
    const where = { userId, expiresAt: MoreThan(new Date()) };
    return this.sessions.find({ where, order: { lastUsedAt: 'DESC' }, take: maxSessionsPerUser });
  }

  /** @returns false when this user has no such session */
  async end(userId: number, id: string): Promise<boolean> {
    return (await this.sessions.delete({ userId, id })).affected === 1;
  }

  async endOthers(userId: number, id: string, manager: EntityManager = this.sessions.manager): Promise<void> {
    await manager.delete(Session, { userId, id: Not(id) });
  }

  async endAll(userId: number, manager: EntityManager): Promise<void> {
    await manager.delete(Session, { userId });
  }

  /** Log-out with the access token, also with an expired one. */
  async endById(id: string): Promise<void> {
    if (uuid.test(id)) await this.sessions.delete({ id });
  }

  /** Log-out with the refresh token: also with one that was replaced long ago, or that a former secret has signed. */
  async endByRefreshToken(text: string): Promise<void> {
    const token = parseRefreshToken(text);
    if (token === undefined) return;
    const id = token.sessionId;
    if (this.secrets.all.some((secret) => hasValidProof(token, this.key(secret)))) await this.sessions.delete({ id });
    else await this.sessions.delete({ id, refreshHash: hashSecret(token.secret) });
  }

  /** @returns how many sessions have expired and are removed: at most as many as asked for */
  async removeExpired(limit: number): Promise<number> {
    const [, count] = await this.sessions.query<[unknown, number]>(
      'DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE "expiresAt" < now() LIMIT $1)',
      [limit],
    );
    return count;
  }

  /** Waits for a change of the password that is running, and for other log-ins of this user. */
  private async insert(manager: EntityManager, { id, user, hash, client }: NewSession): Promise<boolean> {
    const rows = await manager.query<{ id: string }[]>(
      `INSERT INTO sessions (id, "userId", "refreshHash", "expiresAt", "endsAt", ip, "userAgent")
       SELECT $1, id, $4, now() + make_interval(secs => least($5::int, $6::int)), now() + make_interval(secs => $6), $7, $8
       FROM users WHERE id = $2 AND "passwordHash" = $3 FOR NO KEY UPDATE RETURNING id`,
      [
        ...[id, user.id, user.passwordHash, hash],
        ...[this.seconds('REFRESH_TOKEN_TTL'), this.seconds('SESSION_TTL'), client.ip, client.userAgent],
      ],
    );
    return rows.length === 1;
  }

  /** Keeps the newest of SESSIONS_PER_USER. */
  private async endOldest(manager: EntityManager, userId: number): Promise<void> {
    await manager.query(
      `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE "userId" = $1 AND "expiresAt" > now()
        ORDER BY "lastUsedAt" DESC, id OFFSET $2)`,
      [userId, this.config.get('SESSIONS_PER_USER', { infer: true })],
    );
  }

  /** @returns the user of the session, undefined when this is not its current token */
  private async replace({ sessionId, secret }: RefreshToken, next: Buffer, client: Client) {
    const [rows] = await this.sessions.query<[{ userId: number }[], number]>(
      `UPDATE sessions SET "previousHash" = "refreshHash", "refreshHash" = $3, "rotatedAt" = now(), "lastUsedAt" = now(),
         "expiresAt" = least(now() + make_interval(secs => $4), "endsAt"), ip = $5, "userAgent" = $6
       WHERE id = $1 AND "refreshHash" = $2 AND "expiresAt" > now() RETURNING "userId"`,
      [sessionId, hashSecret(secret), next, this.seconds('REFRESH_TOKEN_TTL'), client.ip, client.userAgent],
    );
    return rows[0]?.userId;
  }

  /** Within a grace period that does not slide, a replaced token is another tab or a lost response. Later it is a copy. */
  private async handleReplaced(token: RefreshToken): Promise<Rotation> {
    const { sessionId, secret } = token;
    const [session] = await this.sessions.query<{ userId: number; refreshHash: Buffer; isRecent: boolean }[]>(
      `SELECT "userId", "refreshHash",
         "previousHash" = $2 AND "rotatedAt" > now() - make_interval(secs => $3) AS "isRecent"
       FROM sessions WHERE id = $1 AND "expiresAt" > now()`,
      [sessionId, hashSecret(secret), this.seconds('REFRESH_GRACE')],
    );
    if (session === undefined) return { outcome: 'unknown' };
    const { userId, refreshHash, isRecent } = session;
    const keys = this.secrets.all.map((secret) => this.key(secret));
    const next = keys.map((key) => nextSecret(secret, key)).find((next) => hashSecret(next).equals(refreshHash));
    if (isRecent) return next ? this.rotated(sessionId, userId, next) : { outcome: 'rotated-elsewhere' };
    if (!keys.some((key) => hasValidProof(token, key))) return { outcome: 'unknown' };
    await this.sessions.delete({ id: sessionId });
    return { outcome: 'reused', sessionId, userId };
  }

  private rotated(sessionId: string, userId: number, next: Buffer): Rotation {
    return { outcome: 'rotated', sessionId, userId, refreshToken: formatRefreshToken(sessionId, next, this.key()) };
  }

  private key(secret?: string): Buffer {
    return this.secrets.derive('refresh token', secret);
  }

  private seconds(key: 'REFRESH_TOKEN_TTL' | 'REFRESH_GRACE' | 'SESSION_TTL'): number {
    return this.config.get(key, { infer: true });
  }
}
