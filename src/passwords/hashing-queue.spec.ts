import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { ProblemException } from '../problems/problem.exception.js';
import { HashingQueue } from './hashing-queue.js';

/** Tasks that end when the test says so. */
class Tasks {
  running = 0;
  maxRunning = 0;
  readonly started: number[] = [];
  private readonly ends: ((error?: Error) => void)[] = [];

  start(name: number): () => Promise<number> {
    return async () => {
      this.started.push(name);
      this.maxRunning = Math.max(this.maxRunning, (this.running += 1));
      const error = await new Promise<Error | undefined>((resolve) => this.ends.push(resolve));
      this.running -= 1;
      if (error) throw error;
      return name;
    };
  }

  async finishOne(error?: Error): Promise<void> {
    this.ends.shift()?.(error);
    await turn();
  }
}

let networks = 0;

/** Each from a network of its own, unless the test names one. */
const run = <T>(
  queue: HashingQueue,
  task: () => Promise<T>,
  isAbandoned = () => false,
  network = String((networks += 1)),
) => queue.run(task, { network, isAbandoned });

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the hashing queue', () => {
  it('runs two at once, queues two hundred in their order, and refuses the next, held up, with Retry-After', async () => {
    const [queue, tasks] = [new HashingQueue(2), new Tasks()];
    const all = numbers(202).map((name) => run(queue, tasks.start(name)));
    await turn();
    expect(tasks.started).toEqual([0, 1]);
    const startedAt = performance.now();
    const refusal = await run(queue, tasks.start(202)).catch((error: unknown) => error);
    expect(performance.now() - startedAt).toBeGreaterThan(400);
    expect(refusal).toBeInstanceOf(ProblemException);
    expect((refusal as ProblemException).getStatus()).toBe(503);
    expect((refusal as ProblemException).details.headers).toEqual({ 'Retry-After': '2' });
    for (let left = 202; left > 0; left -= 1) await tasks.finishOne();
    expect(await Promise.all(all)).toEqual(numbers(202));
    expect(tasks.started).toEqual(numbers(202));
    expect(tasks.maxRunning).toBe(2);
  });

  it('never runs the tasks of clients that have disconnected, and makes room for others at once', async () => {
    const [queue, tasks] = [new HashingQueue(1), new Tasks()];
    let areDisconnected = false;
    const first = run(queue, tasks.start(0), () => areDisconnected);
    const others = Promise.allSettled(
      numbers(200).map((name) => run(queue, tasks.start(name + 1), () => areDisconnected)),
    );
    await turn();
    areDisconnected = true;
    const late = run(queue, tasks.start(201));
    expect((await others).map(({ status }) => status)).toEqual(numbers(200).map(() => 'rejected'));
    await tasks.finishOne();
    await tasks.finishOne();
    expect(await Promise.all([first, late])).toEqual([0, 201]);
    expect(tasks.started).toEqual([0, 201]);
  });

  it('lets networks take turns, and refuses the 26th of one network', async () => {
    const [queue, tasks] = [new HashingQueue(1), new Tasks()];
    const flood = numbers(26).map((name) => run(queue, tasks.start(name), undefined, 'flood'));
    await turn();
    const refused = run(queue, tasks.start(99), undefined, 'flood').catch((error: unknown) =>
      (error as ProblemException).getStatus(),
    );
    const [one, other] = [run(queue, tasks.start(100)), run(queue, tasks.start(200))];
    expect(await refused).toBe(503);
    for (let left = 28; left > 0; left -= 1) await tasks.finishOne();
    expect(await Promise.all([...flood, one, other])).toEqual([...numbers(26), 100, 200]);
    expect(tasks.started.slice(0, 5)).toEqual([0, 1, 100, 200, 2]);
  });

  it('runs the next task after one that failed', async () => {
    const [queue, tasks] = [new HashingQueue(2), new Tasks()];
    const all = Promise.allSettled(numbers(4).map((name) => run(queue, tasks.start(name))));
    await turn();
    for (let left = 4; left > 0; left -= 1) await tasks.finishOne(new Error('broken'));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    expect(tasks.started).toEqual([0, 1, 2, 3]);
    const afterwards = numbers(2).map((name) => run(queue, tasks.start(name)));
    await turn();
    expect(tasks.running).toBe(2);
    await tasks.finishOne();
    await tasks.finishOne();
    expect(await Promise.all(afterwards)).toEqual([0, 1]);
  });

  describe('whose tasks take a second', () => {
    afterEach(() => {
      jest.useRealTimers();
    });

    it('refuses who would wait for more than three', async () => {
      jest.useFakeTimers({ doNotFake: ['setImmediate'] });
      const [queue, tasks] = [new HashingQueue(1), new Tasks()];
      const first = run(queue, tasks.start(0));
      await turn();
      jest.advanceTimersByTime(1_000);
      await tasks.finishOne();
      await first;
      const all = numbers(4).map((name) => run(queue, tasks.start(name)));
      await turn();
      await expect(run(queue, tasks.start(9))).rejects.toBeInstanceOf(ProblemException);
      for (let left = 4; left > 0; left -= 1) await tasks.finishOne();
      expect(await Promise.all(all)).toEqual(numbers(4));
    });
  });
});
