import { ConflictException, HttpStatus, Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { EntityManager } from 'typeorm';
import type { Tagged } from '../conditional-requests/entity-tag.js';
import { ProblemException } from '../problems/problem.exception.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import type { IdempotentRequest } from './idempotency-key.decorator.js';

/** A request that is sent again after this creates a resource of its own. */
const lifetime = `interval '24 hours'`;

/** Creates a resource once for each key, however often its request is sent. */
@Injectable()
export class IdempotencyService {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /**
   * Creates a resource in one transaction, with which the response is stored. A request that failed can be sent again.
   *
   * @param userId keys of different users are different
   * @param request undefined: the resource is created each time
   * @throws ConflictException while another request with this key is running
   * @throws ProblemException 422 when the key belongs to another request
   */
  async create<Item>(
    userId: number,
    request: IdempotentRequest | undefined,
    create: (manager: EntityManager) => Promise<Tagged<Item>>,
  ): Promise<Tagged<Item>> {
    return this.manager.transaction(async (manager) => {
      if (request === undefined) return create(manager);
      await this.lock(manager, userId, request.key);
      const former = await this.find(manager, userId, request.key);
      if (former !== undefined) return replay<Item>(former, request);
      const created = await create(manager);
      await this.store(manager, {
        userId,
        ...request,
        entityTag: created.entityTag,
        body: JSON.stringify(created.item),
      });
      return created;
    });
  }

  /** @returns how many keys have expired and are removed: at most as many as asked for */
  async removeExpired(limit: number): Promise<number> {
    const [, count] = await this.manager.query<[unknown, number]>(
      `DELETE FROM idempotency_keys WHERE ("userId", key) IN
        (SELECT "userId", key FROM idempotency_keys WHERE "createdAt" < now() - ${lifetime} LIMIT $1)`,
      [limit],
    );
    return count;
  }

  /** Until the transaction ends. */
  private async lock(manager: EntityManager, userId: number, key: string): Promise<void> {
    const [row] = await manager.query<{ isLocked: boolean }[]>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('idempotency ' || $1 || ' ' || $2, 0)) AS "isLocked"`,
      [String(userId), key],
    );
    if (!row?.isLocked) throw new ConflictException('A request with this Idempotency-Key is running. Try again soon.');
  }

  private async find(manager: EntityManager, userId: number, key: string): Promise<IdempotencyKey | undefined> {
    const [row] = await manager.query<IdempotencyKey[]>(
      `SELECT * FROM idempotency_keys WHERE "userId" = $1 AND key = $2 AND "createdAt" > now() - ${lifetime}`,
      [userId, key],
    );
    return row;
  }

  private async store(
    manager: EntityManager,
    row: Pick<IdempotencyKey, 'userId' | 'key' | 'fingerprint' | 'entityTag' | 'body'>,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO idempotency_keys ("userId", key, fingerprint, "entityTag", body) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ("userId", key) DO UPDATE SET fingerprint = excluded.fingerprint, "entityTag" = excluded."entityTag",
         body = excluded.body, "createdAt" = now()`,
      [row.userId, row.key, row.fingerprint, row.entityTag, row.body],
    );
  }
}

/** The response as it was sent. */
function replay<Item>({ fingerprint, body, entityTag }: IdempotencyKey, request: IdempotentRequest): Tagged<Item> {
  if (!fingerprint.equals(request.fingerprint))
    throw new ProblemException(HttpStatus.UNPROCESSABLE_ENTITY, {
      detail: 'This Idempotency-Key belongs to another request. Use a new key for a new request.',
    });
  return { item: JSON.parse(body) as Item, entityTag };
}
