import { describe, expect, it } from '@jest/globals';
import { ServiceUnavailableException } from '@nestjs/common';
import { setImmediate as turn } from 'node:timers/promises';
import { HashingGate } from './hashing-gate.js';

/** Work that ends when it is told to. */
class Works {
  running = 0;
  mostRunning = 0;
  readonly began: number[] = [];
  private readonly ends: ((error?: Error) => void)[] = [];

  begin(name: number): () => Promise<number> {
    return async () => {
      this.began.push(name);
      this.mostRunning = Math.max(this.mostRunning, (this.running += 1));
      const error = await new Promise<Error | undefined>((resolve) => this.ends.push(resolve));
      this.running -= 1;
      if (error) throw error;
      return name;
    };
  }

  async endOne(error?: Error): Promise<void> {
    this.ends.shift()?.(error);
    await turn();
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the hashing gate', () => {
  it('runs two at once, lets fifty wait in their order, and refuses the next with Retry-After', async () => {
    const [gate, works] = [new HashingGate(2), new Works()];
    const all = numbers(52).map((name) => gate.run(works.begin(name)));
    await turn();
    expect(works.began).toEqual([0, 1]);
    const refusal = await gate.run(works.begin(52)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ServiceUnavailableException);
    expect((refusal as ServiceUnavailableException).getResponse()).toMatchObject({ retryAfter: 2 });
    for (let left = 52; left > 0; left -= 1) await works.endOne();
    expect(await Promise.all(all)).toEqual(numbers(52));
    expect(works.began).toEqual(numbers(52));
    expect(works.mostRunning).toBe(2);
  });

  it('never begins the work of those who have gone, and makes room for others at once', async () => {
    const [gate, works] = [new HashingGate(1), new Works()];
    let areGone = false;
    const first = gate.run(works.begin(0), () => areGone);
    const others = Promise.allSettled(numbers(50).map((name) => gate.run(works.begin(name + 1), () => areGone)));
    await turn();
    areGone = true;
    const late = gate.run(works.begin(51));
    expect((await others).map(({ status }) => status)).toEqual(numbers(50).map(() => 'rejected'));
    await works.endOne();
    await works.endOne();
    expect(await Promise.all([first, late])).toEqual([0, 51]);
    expect(works.began).toEqual([0, 51]);
  });

  it('gives the place of one that failed to the next', async () => {
    const [gate, works] = [new HashingGate(2), new Works()];
    const all = Promise.allSettled(numbers(4).map((name) => gate.run(works.begin(name))));
    await turn();
    for (let left = 4; left > 0; left -= 1) await works.endOne(new Error('broken'));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    expect(works.began).toEqual([0, 1, 2, 3]);
    const afterwards = numbers(2).map((name) => gate.run(works.begin(name)));
    await turn();
    expect(works.running).toBe(2);
    await works.endOne();
    await works.endOne();
    expect(await Promise.all(afterwards)).toEqual([0, 1]);
  });
});
