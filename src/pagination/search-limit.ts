import { HttpStatus, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Environment } from '../config/environment.schema.js';
import { ReadCanceledError } from '../database/read-canceled.error.js';
import { refusalDelay } from '../http/refusal-delay.js';
import { clientDisconnectCheck } from '../logging/request-context.js';
import { ProblemException } from '../problems/problem.exception.js';

const shareOfPool = 1 / 2;

/** Those that wait longer than their client would. */
const maxWaiting = 50;

/** Searches for common words take long. They get half of the database pool, so that nothing else waits for them. */
@Injectable()
export class SearchLimit {
  private readonly limit: LimitFunction;

  constructor(config: ConfigService<Environment, true>) {
    const connections = config.get('DATABASE_POOL_SIZE', { infer: true }) * shareOfPool;
    this.limit = pLimit(Math.max(1, Math.floor(connections)));
  }

  /** @throws ProblemException 503 when too many searches wait; ReadCanceledError when the client has left meanwhile */
  async run<Result>(search: () => Promise<Result>): Promise<Result> {
    if (this.limit.pendingCount >= maxWaiting) {
      await refusalDelay();
      throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, {
        detail: 'Too many searches are running. Try again in a few seconds.',
        headers: { 'Retry-After': '5' },
      });
    }
    const hasClientLeft = clientDisconnectCheck();
    return this.limit(() => {
      if (hasClientLeft()) throw new ReadCanceledError('disconnect');
      return search();
    });
  }
}
