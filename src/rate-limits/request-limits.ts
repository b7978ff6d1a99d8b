import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Environment } from '../config/environment.schema.js';
import { networkOf } from './network.js';
import type { RateLimit, RateLimiter } from './rate-limit.js';
import { RateLimiters } from './rate-limiters.js';

const windowSeconds = 60;

/** `authentication`: unsafe requests below `/authentication`. `passwords`: those of them that hash a password. */
export type RequestLimitName = 'authentication' | 'passwords';

/** How many requests of a kind one network may send in a minute. */
@Injectable()
export class RequestLimits {
  private readonly limiters: Record<RequestLimitName, RateLimiter>;

  constructor(limiters: RateLimiters, config: ConfigService<Environment, true>) {
    const [authentication, passwords] = [
      config.get('AUTHENTICATION_REQUESTS', { infer: true }),
      config.get('PASSWORD_REQUESTS', { infer: true }),
    ];
    this.limiters = {
      authentication: limiters.create({ name: 'authentication', points: authentication, windowSeconds }),
      passwords: limiters.create({ name: 'passwords', points: passwords, windowSeconds }),
    };
  }

  async count(name: RequestLimitName, ip: string): Promise<RateLimit> {
    return this.limiters[name].consume(networkOf(ip));
  }

  /** Takes one request back. */
  async refund(name: RequestLimitName, ip: string): Promise<void> {
    await this.limiters[name].refund(networkOf(ip));
  }
}
