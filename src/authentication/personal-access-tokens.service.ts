import { ConflictException, Injectable, UnauthorizedException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, Repository } from 'typeorm';
import type { UserProfile } from '../users/user.schema.js';
import type { CurrentUser } from './current-user.decorator.js';
import { hashPersonalAccessToken, isPersonalAccessToken, newPersonalAccessToken } from './personal-access-token.js';
import { PersonalAccessToken, type TokenAccess } from './personal-access-token.entity.js';
import { Session } from './session.entity.js';

/** A list of them is one page. */
const maxTokensPerUser = 100;

/** A user, and what the request was authenticated with. */
export type TokenOwner = { userId: number } & ({ sessionId: string } | { passwordHash: string });

export interface NewToken {
  name: string;
  access: TokenAccess;
  expiresAt: Date | null;
}

interface TokenUser extends UserProfile {
  tokenId: number;
  tokenAccess: TokenAccess;
  /** Whether its last use was noted more than a minute ago, or never. */
  isStale: boolean;
}

/** A token is a row with its hash: deleting the row revokes it at once, on every instance. */
@Injectable()
export class PersonalAccessTokensService {
  constructor(@InjectRepository(PersonalAccessToken) private readonly tokens: Repository<PersonalAccessToken>) {}

  /**
   * @throws UnauthorizedException when the password has changed, or the session has ended, since the user was authenticated
   * @throws ConflictException for more than a hundred of one user
   */
  async create(owner: TokenOwner, { name, access, expiresAt }: NewToken): Promise<{ id: number; token: string }> {
    const token = newPersonalAccessToken();
    const { id } = await this.tokens.manager.transaction(async (manager) => {
      await this.lock(manager, owner);
      const { userId } = owner;
      if ((await manager.countBy(PersonalAccessToken, { userId })) >= maxTokensPerUser)
        throw new ConflictException(`You have ${maxTokensPerUser} tokens. Revoke one of them first.`);
      const hash = hashPersonalAccessToken(token);
      return manager.save(PersonalAccessToken, { userId, name, access, expiresAt, hash });
    });
    return { id, token };
  }

  async findAll(userId: number): Promise<PersonalAccessToken[]> {
    return this.tokens.find({ where: { userId }, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  /** The user of a token. @returns undefined for one that is unknown, revoked or expired */
  async findUser(token: string): Promise<CurrentUser | undefined> {
    if (!isPersonalAccessToken(token)) return undefined;
    const [row] = await this.tokens.query<TokenUser[]>(
      `SELECT u.id, u.email, u.name, u.role, u."emailConfirmedAt", u."createdAt", t.id AS "tokenId", t.access AS "tokenAccess",
         coalesce(t."lastUsedAt" < now() - interval '1 minute', true) AS "isStale"
       FROM personal_access_tokens t JOIN users u ON u.id = t."userId"
       WHERE t.hash = $1 AND coalesce(t."expiresAt" > now(), true)`,
      [hashPersonalAccessToken(token)],
    );
    if (row === undefined) return undefined;
    const { tokenId, tokenAccess, isStale, ...user } = row;
    if (isStale)
      await this.tokens.query('UPDATE personal_access_tokens SET "lastUsedAt" = now() WHERE id = $1', [tokenId]);
    return { ...user, tokenAccess };
  }

  /** @returns false when this user has no such token */
  async revoke(userId: number, id: number): Promise<boolean> {
    return (await this.tokens.delete({ userId, id })).affected === 1;
  }

  async revokeAll(userId: number, manager: EntityManager): Promise<void> {
    await manager.delete(PersonalAccessToken, { userId });
  }

  /** Of requests at the same time, one after the other counts. A change of the password that is running comes first. */
  private async lock(manager: EntityManager, owner: TokenOwner): Promise<void> {
    const { userId } = owner;
    const [user] = await manager.query<{ passwordHash: string }[]>(
      'SELECT "passwordHash" FROM users WHERE id = $1 FOR NO KEY UPDATE',
      [userId],
    );
    const isCurrent =
      'sessionId' in owner
        ? await manager.existsBy(Session, { userId, id: owner.sessionId })
        : user?.passwordHash === owner.passwordHash;
    if (user === undefined || !isCurrent) throw new UnauthorizedException('The session has ended. Log in again.');
  }
}
