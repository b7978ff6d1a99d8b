import { toRateLimit, type RateLimit, type RateLimiter, type RateLimitPolicy } from './rate-limit.js';

/** About 20 MB. With more keys in one window, the ones used longest ago start again. */
const defaultMaxKeys = 100_000;

interface Window {
  consumed: number;
  /** By the monotonic clock: a change of the time of day moves no limit. */
  endsAtMs: number;
}

/** Counts in the memory of this process. */
export class MemoryRateLimiter implements RateLimiter {
  /** In the order of their last use. */
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly policy: RateLimitPolicy,
    private readonly maxKeys = defaultMaxKeys,
    private readonly now = () => Math.floor(performance.now()), // whole, so that differences are exact
  ) {}

  get size(): number {
    return this.windows.size;
  }

  consume(key: string, points = 1): Promise<RateLimit> {
    const now = this.now();
    const { consumed, endsAtMs } = this.current(key) ?? {
      consumed: 0,
      endsAtMs: now + this.policy.windowSeconds * 1_000,
    };
    this.store(key, { consumed: consumed + points, endsAtMs });
    return Promise.resolve(toRateLimit(this.policy, consumed + points, endsAtMs - now));
  }

  refund(key: string): Promise<void> {
    const window = this.current(key);
    if (window !== undefined) window.consumed = Math.max(0, window.consumed - 1);
    return Promise.resolve();
  }

  reset(key: string): Promise<void> {
    this.windows.delete(key);
    return Promise.resolve();
  }

  private current(key: string): Window | undefined {
    const window = this.windows.get(key);
    return window !== undefined && window.endsAtMs > this.now() ? window : undefined;
  }

  private store(key: string, window: Window): void {
    this.windows.delete(key); // to the end of the order
    this.windows.set(key, window);
    this.removeExpired();
    const [oldest] = this.windows.keys();
    if (this.windows.size > this.maxKeys && oldest !== undefined) this.windows.delete(oldest);
  }

  /** A few of the oldest each time: the cost of a request stays the same, and no timer is needed. */
  private removeExpired(): void {
    const now = this.now();
    let checked = 0;
    for (const [key, { endsAtMs }] of this.windows) {
      if (endsAtMs > now || checked >= 10) return;
      this.windows.delete(key);
      checked += 1;
    }
  }
}
