import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { InjectRepository } from '@nestjs/typeorm';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { LessThan, MoreThan, Repository } from 'typeorm';
import type { Environment } from '../config/environment.schema.js';
import type { CurrentUser } from './current-user.js';
import { Session } from './session.entity.js';

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** A session is a row: whoever can show the refresh token of the row may renew it, until it expires or is deleted. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly config: ConfigService<Environment, true>,
  ) {}

  /** @returns the session's id and its refresh token (256 random bits), which is stored as a hash only */
  async create(userId: number): Promise<{ id: string; refresh: string }> {
    await this.sessions.delete({ userId, expiresAt: LessThan(new Date()) });
    const refresh = randomBytes(32).toString('base64url');
    const session = { id: randomUUID(), userId, refreshHash: hash(refresh), expiresAt: this.expiry() };
    await this.sessions.insert(session);
    return { id: session.id, refresh };
  }

  /** Replaces the refresh token, in one statement: of two who show the same one, one gets a new one. */
  async rotate(former: string): Promise<{ id: string; userId: number; refresh: string } | undefined> {
    const refresh = randomBytes(32).toString('base64url');
    const result = await this.sessions
      .createQueryBuilder()
      .update({ refreshHash: hash(refresh), expiresAt: this.expiry() })
      .where({ refreshHash: hash(former), expiresAt: MoreThan(new Date()) })
      .returning(['id', 'userId'])
      .execute();
    const [session] = result.raw as { id: string; userId: number }[];
    return session && { ...session, refresh };
  }

  /** One indexed query, for every request that needs a session. */
  async findUser(id: string, userId: number): Promise<CurrentUser | undefined> {
    if (!uuid.test(id)) return undefined;
    const session = await this.sessions.findOne({
      where: { id, expiresAt: MoreThan(new Date()) },
      relations: { user: true },
    });
    if (session?.userId !== userId) return undefined;
    const { email, name, role, createdAt } = session.user;
    return { id: userId, email, name, role, createdAt, sessionId: id };
  }

  async end(id: string): Promise<void> {
    if (uuid.test(id)) await this.sessions.delete({ id });
  }

  async endByRefreshToken(refresh: string): Promise<void> {
    await this.sessions.delete({ refreshHash: hash(refresh) });
  }

  private expiry(): Date {
    return new Date(Date.now() + this.config.get('REFRESH_TOKEN_TTL', { infer: true }) * 1_000);
  }
}

/** A random token needs no salt and no slow hash: there is nothing to guess. */
function hash(refresh: string): Buffer {
  return createHash('sha256').update(refresh).digest();
}
