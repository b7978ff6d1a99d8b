import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '../config/environment.schema.js';
import { networkOf } from './network.js';
import { tooManyRequests, type RateLimiter } from './rate-limit.js';
import { RateLimiters } from './rate-limiters.js';

const windowSeconds = 900;

/** Beyond the limit for all networks together, each attempt waits this long. */
const throttleDelayMs = 2_000;

interface Attempt {
  /** The id of the user, so that no spelling of the address counts anew; else the address that was given. */
  account: number | string;
  ip: string;
}

/**
 * Limits the attempts to log in. An account has a limit for each network, so that a stranger who fails on purpose cannot
 * lock out its user. Beyond a limit for all networks together attempts are slowed down, and none is refused.
 */
@Injectable()
export class LogInLimits {
  private readonly attempts: RateLimiter;
  private readonly attemptsFromAnywhere: RateLimiter;

  constructor(limiters: RateLimiters, config: ConfigService<Environment, true>) {
    const points = config.get('LOG_IN_ATTEMPTS', { infer: true });
    this.attempts = limiters.create({ name: 'log-in', points, windowSeconds });
    this.attemptsFromAnywhere = limiters.create({ name: 'log-in-anywhere', points: points * 5, windowSeconds });
  }

  /**
   * Counts one attempt, before the password is compared, and takes it back when it could not be compared: a client that got
   * a 503 learned nothing, and is asked to try again.
   *
   * @throws ProblemException 429 with `Retry-After` when this network tried too often
   */
  async attempt<T>({ account, ip }: Attempt, compare: () => Promise<T>): Promise<T> {
    const keys = { network: keyOf(account, networkOf(ip)), anywhere: keyOf(account) };
    const limit = await this.attempts.consume(keys.network);
    if (limit.isExceeded) throw tooManyRequests(limit);
    const { isExceeded } = await this.attemptsFromAnywhere.consume(keys.anywhere);
    if (isExceeded) await delay(throttleDelayMs);
    try {
      return await compare();
    } catch (error) {
      await this.attempts.refund(keys.network);
      await this.attemptsFromAnywhere.refund(keys.anywhere);
      throw error;
    }
  }

  /** After the right password: resets the count of this network, and takes this attempt back everywhere. */
  async reset(account: number, ip: string): Promise<void> {
    await this.attempts.reset(keyOf(account, networkOf(ip)));
    await this.attemptsFromAnywhere.refund(keyOf(account));
  }
}

/** Hashed, because keys are stored in Redis. */
function keyOf(...parts: (number | string)[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('base64url');
}
