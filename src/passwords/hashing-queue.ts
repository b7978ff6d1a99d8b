import { HttpException, HttpStatus } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import { ProblemException } from '../problems/problem.exception.js';
import { refusalDelay } from '../http/refusal-delay.js';

/**
 * bcrypt keeps a processor busy for a quarter of a second, on libuv's thread pool (four threads), which DNS and files
 * need as well. So at most two hashes run at a time, and one processor stays free for the event loop.
 */
const defaultConcurrency = Math.max(1, Math.min(2, availableParallelism() - 1));

/** Longer than this no client should wait: beyond it a 503 says when to try again. */
const maxWaitMs = 3_000;
/** However fast the hashes are. */
const maxQueued = 200;
/** One network cannot fill the queue. */
const maxQueuedByNetwork = 25;

export interface QueuedBy {
  /** The network of the client: the networks take turns. */
  network: string;
  /** Whether the client has disconnected: a task that is still queued then is not run. */
  isAbandoned: () => boolean;
}

interface QueuedTask extends QueuedBy {
  start: () => void;
  reject: (error: Error) => void;
}

/** Runs a limited number of password hashes at a time. Beyond a limited queue it refuses. */
export class HashingQueue {
  private running = 0;
  private averageMs = 0;
  /** By network, in the order of their turns. */
  private readonly queued = new Map<string, QueuedTask[]>();

  constructor(private readonly concurrency = defaultConcurrency) {}

  /** How many tasks wait. */
  get length(): number {
    return [...this.queued.values()].reduce((sum, tasks) => sum + tasks.length, 0);
  }

  /** @throws ProblemException 503 with `Retry-After` when the queue is full */
  async run<T>(task: () => Promise<T>, queuedBy: QueuedBy): Promise<T> {
    await this.acquire(queuedBy);
    const startedAt = performance.now();
    try {
      return await task();
    } finally {
      this.averageMs += (performance.now() - startedAt - this.averageMs) / (this.averageMs === 0 ? 1 : 8);
      this.release();
    }
  }

  private async acquire(queuedBy: QueuedBy): Promise<void> {
    if (this.running < this.concurrency) {
      this.running += 1;
      return;
    }
    if (this.isFullFor(queuedBy.network)) this.rejectAbandoned();
    if (this.isFullFor(queuedBy.network)) {
      await refusalDelay();
      throw queueFull();
    }
    await new Promise<void>((start, reject) => this.add({ ...queuedBy, start, reject }));
  }

  private isFullFor(network: string): boolean {
    const own = this.queued.get(network)?.length ?? 0;
    const counts = [...this.queued.values()].map(({ length }) => length);
    const size = counts.reduce((sum, count) => sum + count, 0);
    // Each network has one turn for each turn of this one.
    const ahead = counts.reduce((sum, count) => sum + Math.min(count, own + 1), 0);
    const waitMs = ((ahead + 1) / this.concurrency) * this.averageMs;
    return size >= maxQueued || own >= maxQueuedByNetwork || waitMs > maxWaitMs;
  }

  private add(task: QueuedTask): void {
    const tasks = this.queued.get(task.network);
    if (tasks === undefined) this.queued.set(task.network, [task]);
    else tasks.push(task);
  }

  /** The next network has its turn: the task that it queued first takes the place. */
  private release(): void {
    this.rejectAbandoned();
    const [turn] = this.queued;
    if (turn === undefined) {
      this.running -= 1;
      return;
    }
    const [network, [task, ...others]] = turn;
    this.queued.delete(network);
    if (others.length > 0) this.queued.set(network, others);
    task?.start();
  }

  /** A client that disconnects must not make others wait. */
  private rejectAbandoned(): void {
    for (const [network, tasks] of this.queued) {
      const waiting = tasks.filter((task) => !task.isAbandoned());
      tasks.filter((task) => !waiting.includes(task)).forEach(({ reject }) => reject(clientDisconnected()));
      if (waiting.length === 0) this.queued.delete(network);
      else this.queued.set(network, waiting);
    }
  }
}

/** 499, as nginx logs it. Nobody receives it. */
function clientDisconnected(): HttpException {
  return new HttpException('The client has disconnected.', 499);
}

function queueFull(): ProblemException {
  const detail = 'Too many log-ins at the moment. Try again soon.';
  return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, { detail, headers: { 'Retry-After': '2' } });
}
