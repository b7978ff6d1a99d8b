import { HttpException, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { Redis, type RedisOptions } from 'ioredis';
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Environment } from '../config/environment.schema.js';

export interface Limit {
  limit: number;
  /** In seconds. */
  window: number;
  remaining: number;
  /** Seconds until the window starts afresh. */
  reset: number;
  isExceeded: boolean;
}

/**
 * How often may be tried. An account has a limit for each network, so that a stranger who fails on purpose keeps out
 * nobody but himself; beyond a limit for all networks together every attempt is slowed down, and none is refused.
 */
@Injectable()
export class LogInLimits implements OnApplicationShutdown {
  private readonly logger = new Logger('LogInLimits');
  private readonly redis?: Redis;
  private readonly requests: RateLimiterAbstract;
  private readonly attempts: RateLimiterAbstract;
  private readonly attemptsFromAnywhere: RateLimiterAbstract;

  constructor(config: ConfigService<Environment, true>) {
    const url = config.get('REDIS_URL', { infer: true });
    const attempts = config.get('LOG_IN_ATTEMPTS', { infer: true });
    if (url !== undefined) this.redis = this.connect(url);
    this.requests = this.limiter('authentication', config.get('AUTHENTICATION_REQUESTS', { infer: true }), 60);
    this.attempts = this.limiter('log-in', attempts, 900);
    this.attemptsFromAnywhere = this.limiter('log-in-anywhere', attempts * 5, 900);
  }

  onApplicationShutdown(): void {
    this.redis?.removeAllListeners('close').disconnect();
  }

  /** One request to log in, register or refresh, from one network. */
  async countRequest(ip: string): Promise<Limit> {
    return consume(this.requests, network(ip));
  }

  /**
   * One attempt to log in, counted before the password is looked at.
   *
   * @throws HttpException 429 with `Retry-After` when this network tried too often
   */
  async countAttempt(email: string, ip: string): Promise<void> {
    const limit = await consume(this.attempts, keyOf(email, network(ip)));
    if (limit.isExceeded) throw tooMany('log-in', limit);
    const { isExceeded } = await consume(this.attemptsFromAnywhere, keyOf(email));
    if (isExceeded) await delay(slowDown);
  }

  /** The password was right: what was counted for this network is forgotten, and this attempt everywhere. */
  async forget(email: string, ip: string): Promise<void> {
    await this.attempts.delete(keyOf(email, network(ip)));
    await this.attemptsFromAnywhere.reward(keyOf(email));
  }

  private limiter(keyPrefix: string, points: number, duration: number): RateLimiterAbstract {
    const memory = new RateLimiterMemory({ keyPrefix, points, duration });
    if (this.redis === undefined) return memory;
    return new RateLimiterRedis({ storeClient: this.redis, keyPrefix, points, duration, insuranceLimiter: memory });
  }

  /** When Redis is gone the limits go on in memory, for each instance by itself, and the log says so, once. */
  private connect(url: string): Redis {
    const redis = new Redis(url, redisOptions);
    let isThere = true;
    redis.on('ready', () => {
      isThere = true;
      this.logger.log('The limits are shared through Redis');
    });
    redis.on('close', () => {
      if (isThere) this.logger.warn('Redis does not answer: the limits are kept in memory until it does');
      isThere = false; // every attempt to connect again ends in 'close' as well
    });
    redis.on('error', () => undefined); // 'close' follows
    return redis;
  }
}

/** A log-in never waits for a Redis that is gone (refuse at once) or hangs (a second, then the connection is cut). */
const redisOptions: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2_000,
  commandTimeout: 1_000,
  socketTimeout: 1_000,
};

/** In milliseconds. */
const slowDown = 2_000;

async function consume(limiter: RateLimiterAbstract, key: string): Promise<Limit> {
  const { points: limit, duration: window } = limiter;
  const state = await limiter.consume(key).catch((refusal: unknown) => {
    if (refusal instanceof RateLimiterRes) return refusal;
    throw refusal;
  });
  const reset = Math.max(1, Math.ceil(state.msBeforeNext / 1_000));
  return { limit, window, remaining: state.remainingPoints, reset, isExceeded: state.consumedPoints > limit };
}

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
export function fieldsOf(name: string, { limit, window, remaining, reset }: Limit): Record<string, string> {
  return {
    'RateLimit-Policy': `"${name}";q=${String(limit)};w=${String(window)}`,
    RateLimit: `"${name}";r=${String(remaining)};t=${String(reset)}`,
  };
}

/** Its fields replace those of a limit that was not exceeded. */
export function tooMany(name: string, limit: Limit): HttpException {
  const message = `Too many attempts. Try again in ${String(limit.reset)} seconds.`;
  const headers = fieldsOf(name, limit);
  return new HttpException({ message, retryAfter: limit.reset, headers, type: 'urn:problem:too-many-requests' }, 429);
}

/** An IPv6 customer has a /64, so that is what counts as one. */
export function network(ip: string): string {
  const address = ip.replace(/^::ffff:(?=[\d.]+$)/i, '').split('%', 1)[0] ?? '';
  if (!isIPv6(address)) return address;
  // A URL spells it in one way: lower case, hexadecimal throughout, at most one `::`.
  const [head, tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [groups, rest] = [groupsOf(head), groupsOf(tail)];
  const zeros = tail === undefined ? [] : Array<string>(8 - groups.length - rest.length).fill('0');
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`;
}

function groupsOf(part = ''): string[] {
  return part.split(':').filter(Boolean);
}

/** Hashed, because keys end up in Redis. */
function keyOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0').toLowerCase()).digest('base64url');
}
