import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { childrenOf } from './support/child-processes.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { describeWithPrograms } from './support/programs.js';
import { waitUntil } from './support/wait.js';

let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase()));
afterEach(async () => {
  started.splice(0).forEach((each) => each.kill('SIGKILL'));
  await database.drop();
});

const started: ChildProcess[] = [];

/** As the image starts it, and as process 1 of a namespace of its own, as in a container: unshare(1). */
function startAsProcessOne(): ChildProcess {
  const [, command = '[]'] = /^CMD (\[.*\])$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
  const [, ...args] = JSON.parse(command) as string[];
  const env = { PATH: process.env.PATH, NODE_ENV: 'test', PORT: '0', ...database.environment };
  const namespace = ['--user', '--map-root-user', '--pid', '--fork', '--kill-child'];
  const unshare = spawn('unshare', [...namespace, process.execPath, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(unshare);
  return unshare;
}

/** unshare has other children before, which write the user map. @returns 0 when there is none yet, or none any more */
const childOf = ({ pid = 0 }: ChildProcess) => childrenOf(pid).find(isProcessOne) ?? 0;

/** The last number is its process id in its own namespace: proc_pid_status(5). */
function isProcessOne(pid: number): boolean {
  try {
    return /^NSpid:.*\t1$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false; // it has ended
  }
}

/** @param pid 0: nothing happens */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has just ended
  }
}

describeWithPrograms('unshare')('the API as process 1', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends at %s before it starts anything', async (signal, code) => {
    const unshare = startAsProcessOne();
    let output = '';
    unshare.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    const exited = once(unshare, 'exit');
    await waitUntil(() => childOf(unshare) > 0);
    // Again and again: for its first milliseconds Node.js itself leaves a signal to the system, which ignores it.
    await waitUntil(
      () => {
        kill(childOf(unshare), signal);
        return unshare.exitCode !== null || unshare.signalCode !== null;
      },
      () => `child ${childOf(unshare)}, output: ${output}`,
    );
    // One more signal may meet a Node.js that is just exiting and handles none any more: then the signal has ended it.
    expect([[code, null], [null, signal]]).toContainEqual(await exited); // prettier-ignore
    expect(output).toBe('');
  });

  it('shuts down as usual once it does', async () => {
    const unshare = startAsProcessOne();
    let output = '';
    unshare.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    const exited = once(unshare, 'exit');
    await waitUntil(
      () => output.includes('Listening on'),
      () => output,
    );
    kill(childOf(unshare), 'SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
