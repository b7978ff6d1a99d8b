import { HttpException, ServiceUnavailableException } from '@nestjs/common';
import { availableParallelism } from 'node:os';

/**
 * bcrypt keeps a processor busy for a quarter of a second, on libuv's thread pool (four threads), which DNS and files
 * need as well. So it gets two of them at most, and leaves a processor to the event loop.
 */
const mostRunning = Math.max(1, Math.min(2, availableParallelism() - 1));
const mostWaiting = 50;

interface Waiting {
  isGone: () => boolean;
  enter: () => void;
  leave: (refusal: Error) => void;
}

/** Lets a bounded number of password hashes run and wait. Beyond that it refuses at once, so nothing piles up. */
export class HashingGate {
  private running = 0;
  private waiting: Waiting[] = [];

  constructor(private readonly places = mostRunning) {}

  /**
   * @param isGone whether nobody waits for the outcome any more: then the work is not begun, should it still wait
   * @throws ServiceUnavailableException with `Retry-After` when too many wait already
   */
  async run<T>(work: () => Promise<T>, isGone = () => false): Promise<T> {
    await this.enter(isGone);
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(isGone: () => boolean): Promise<void> {
    if (this.running < this.places) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= mostWaiting) this.dismiss();
    if (this.waiting.length >= mostWaiting)
      throw new ServiceUnavailableException({
        message: 'Too many log-ins at the moment. Try again soon.',
        retryAfter: 2,
      });
    await new Promise<void>((enter, leave) => this.waiting.push({ isGone, enter, leave }));
  }

  /** Whoever waited longest takes over the place. */
  private leave(): void {
    this.dismiss();
    const next = this.waiting.shift();
    if (next === undefined) this.running -= 1;
    else next.enter();
  }

  /** An attacker who hangs up must not keep others waiting. */
  private dismiss(): void {
    for (const { isGone, leave } of this.waiting) if (isGone()) leave(new HttpException('Nobody waits any more.', 499));
    this.waiting = this.waiting.filter(({ isGone }) => !isGone());
  }
}
