import { ServiceUnavailableException } from '@nestjs/common';

/** bcrypt runs on libuv's thread pool (four threads), which DNS and files need as well: it never gets more than two. */
const mostRunning = 2;
const mostWaiting = 50;

/** Lets a bounded number of password hashes run and wait. Beyond that it refuses at once, so nothing piles up. */
export class HashingGate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @throws ServiceUnavailableException with `Retry-After` when too many wait already */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < mostRunning) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= mostWaiting)
      throw new ServiceUnavailableException({
        message: 'Too many log-ins at the moment. Try again soon.',
        retryAfter: 2,
      });
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Whoever waited longest takes over the place. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}
