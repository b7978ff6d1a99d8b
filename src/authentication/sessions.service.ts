import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { InjectRepository } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { LessThan, MoreThan, Not, Repository } from 'typeorm';
import type { Environment } from '../config/environment.schema.js';
import { Secrets } from '../config/secrets.js';
import type { CurrentUser } from './current-user.js';
import { formatRefreshToken, hashOf, newSecret, parseRefreshToken, successor } from './refresh-token.js';
import { Session } from './session.entity.js';

/** What a session remembers of the browser that used it last. */
export type Client = Pick<Session, 'ip' | 'userAgent'>;

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

  async create(userId: number, client: Client): Promise<{ id: string; refresh: string }> {
    await this.sessions.delete({ userId, expiresAt: LessThan(new Date()) });
    const [id, secret] = [randomUUID(), newSecret()];
    const lifetimes = { expiresAt: this.in('REFRESH_TOKEN_TTL'), endsAt: this.in('SESSION_TTL') };
    await this.sessions.insert({ id, userId, refreshHash: hashOf(secret), ...lifetimes, ...client });
    return { id, refresh: formatRefreshToken({ sessionId: id, secret }) };
  }

  /** Of many who show the same token at once, one replaces it and all are given the same new one. */
  async rotate(token: string, client: Client): Promise<Rotation> {
    const { sessionId, secret } = parseRefreshToken(token) ?? {};
    if (sessionId === undefined || secret === undefined) return { outcome: 'unknown' };
    const next = successor(secret, this.key());
    const userId = await this.replace(sessionId, hashOf(secret), hashOf(next), client);
    if (userId === undefined) return this.answerFormer(sessionId, secret);
    return { outcome: 'rotated', sessionId, userId, refresh: formatRefreshToken({ sessionId, secret: next }) };
  }

  /** One indexed query, for every request that needs a session: it is why an ended session is ended at once. */
  async findUser(id: string, userId: number): Promise<CurrentUser | undefined> {
    if (!uuid.test(id)) return undefined;
    const session = await this.sessions.findOne({
      where: { id, expiresAt: MoreThan(new Date()) },
      relations: { user: true },
    });
    if (session?.userId !== userId) return undefined;
    const { email, name, role, emailConfirmedAt, createdAt } = session.user;
    return { id: userId, email, name, role, emailConfirmedAt, createdAt, sessionId: id };
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
  async endByRefreshToken(token: string): Promise<void> {
    const { sessionId, secret } = parseRefreshToken(token) ?? {};
    if (sessionId === undefined || secret === undefined) return;
    const hash = hashOf(secret);
    await this.sessions.delete([
      { id: sessionId, refreshHash: hash },
      { id: sessionId, previousHash: hash },
    ]);
  }

  /** @returns the session's user, undefined when `current` is not the token in force */
  private async replace(id: string, current: Buffer, next: Buffer, client: Client): Promise<number | undefined> {
    const idle = this.config.get('REFRESH_TOKEN_TTL', { infer: true });
    const [rows] = await this.sessions.query<[{ userId: number }[], number]>(
      `UPDATE sessions SET "previousHash" = "refreshHash", "refreshHash" = $3, "rotatedAt" = now(), "lastUsedAt" = now(),
         "expiresAt" = least(now() + make_interval(secs => $4), "endsAt"), ip = $5, "userAgent" = $6
       WHERE id = $1 AND "refreshHash" = $2 AND "expiresAt" > now() RETURNING "userId"`,
      [id, current, next, idle, client.ip, client.userAgent],
    );
    return rows[0]?.userId;
  }

  /** A token no longer in force: fine for a moment that does not slide (another tab, a lost answer), then a theft. */
  private async answerFormer(sessionId: string, secret: Buffer): Promise<Rotation> {
    const [session] = await this.sessions.query<{ userId: number; refreshHash: Buffer; isRecent: boolean }[]>(
      `SELECT "userId", "refreshHash",
         "previousHash" = $2 AND "rotatedAt" > now() - make_interval(secs => $3) AS "isRecent"
       FROM sessions WHERE id = $1 AND "expiresAt" > now()`,
      [sessionId, hashOf(secret), this.config.get('REFRESH_GRACE', { infer: true })],
    );
    if (session === undefined) return { outcome: 'unknown' };
    const { userId, refreshHash, isRecent } = session;
    const next = this.secrets.all
      .map((key) => successor(secret, this.key(key)))
      .find((candidate) => hashOf(candidate).equals(refreshHash));
    if (isRecent && next)
      return { outcome: 'rotated', sessionId, userId, refresh: formatRefreshToken({ sessionId, secret: next }) };
    await this.sessions.delete({ id: sessionId });
    return { outcome: 'reused', sessionId, userId };
  }

  private key(secret?: string): Buffer {
    return this.secrets.derive('refresh token', secret);
  }

  private in(lifetime: 'REFRESH_TOKEN_TTL' | 'SESSION_TTL'): Date {
    return new Date(Date.now() + this.config.get(lifetime, { infer: true }) * 1_000);
  }
}
