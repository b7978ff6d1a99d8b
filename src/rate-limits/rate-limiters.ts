import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { Redis, type RedisOptions } from 'ioredis';
import type { Environment } from '../config/environment.schema.js';
import { MemoryRateLimiter } from './memory-rate-limiter.js';
import type { RateLimiter, RateLimitPolicy } from './rate-limit.js';
import { RedisRateLimiter } from './redis-rate-limiter.js';

/** A log-in never waits for a Redis that is gone (refused at once) or hangs (a second, then the connection is cut). */
const redisOptions: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2_000,
  commandTimeout: 1_000,
  socketTimeout: 1_000,
};

/** Creates rate limiters: shared by all instances through `REDIS_URL`, else in the memory of this one. */
@Injectable()
export class RateLimiters implements OnApplicationShutdown {
  private readonly logger = new Logger('RateLimits');
  private readonly redis?: Redis;

  constructor(config: ConfigService<Environment, true>) {
    const url = config.get('REDIS_URL', { infer: true });
    if (url !== undefined) this.redis = this.connect(url);
  }

  onApplicationShutdown(): void {
    this.redis?.removeAllListeners('close').disconnect();
  }

  create(policy: RateLimitPolicy): RateLimiter {
    return this.redis === undefined ? new MemoryRateLimiter(policy) : new RedisRateLimiter(this.redis, policy);
  }

  /** Without Redis each instance goes on counting in its own memory, and the log says so, once. */
  private connect(url: string): Redis {
    const redis = new Redis(url, redisOptions);
    let isConnected = true;
    redis.on('ready', () => {
      isConnected = true;
      this.logger.log('The limits are shared through Redis');
    });
    redis.on('close', () => {
      if (isConnected) this.logger.warn('Redis is not available: until it is, each instance counts by itself');
      isConnected = false; // every attempt to connect again ends in 'close' as well
    });
    redis.on('error', () => undefined); // 'close' follows
    return redis;
  }
}
