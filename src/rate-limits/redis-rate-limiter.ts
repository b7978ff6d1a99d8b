import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { MemoryRateLimiter } from './memory-rate-limiter.js';
import { toRateLimit, type RateLimit, type RateLimiter, type RateLimitPolicy } from './rate-limit.js';

/** Counts in Redis, for all instances together. While Redis is not available, each instance counts by itself. */
export class RedisRateLimiter implements RateLimiter {
  private readonly shared: RateLimiterRedis;
  private readonly fallback: MemoryRateLimiter;

  constructor(
    storeClient: Redis,
    private readonly policy: RateLimitPolicy,
  ) {
    const { name: keyPrefix, points, windowSeconds: duration } = policy;
    this.shared = new RateLimiterRedis({ storeClient, keyPrefix, points, duration });
    this.fallback = new MemoryRateLimiter(policy);
  }

  async consume(key: string, points = 1): Promise<RateLimit> {
    try {
      return this.toRateLimit(await this.shared.consume(key, points));
    } catch (error) {
      return error instanceof RateLimiterRes ? this.toRateLimit(error) : this.fallback.consume(key, points);
    }
  }

  async refund(key: string): Promise<void> {
    await this.shared.reward(key).catch(() => this.fallback.refund(key));
  }

  async reset(key: string): Promise<void> {
    await this.fallback.reset(key);
    await this.shared.delete(key).catch(() => undefined);
  }

  private toRateLimit({ consumedPoints, msBeforeNext }: RateLimiterRes): RateLimit {
    return toRateLimit(this.policy, consumedPoints, msBeforeNext);
  }
}
