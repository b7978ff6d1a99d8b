import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { ApiProcess, killAll } from '../support/process.js';
import { createUser, logIn } from '../support/users.js';
import { waitUntil } from '../support/wait.js';
import { environment, sharesLimits, startInstance } from './support/api.js';
import { RedisServer } from './support/redis-server.js';
import { describeCounts, report, rounds } from './support/report.js';
import { missingTitles, Writers } from './support/writers.js';

const processes: ApiProcess[] = [];
let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'faults-'))));
afterEach(async () => {
  await killAll(processes);
  await rm(directory, { recursive: true, force: true });
});

const start = async (given: Record<string, string> = {}) => {
  const api = await startInstance({ DATA_DIR: directory, ...given });
  processes.push(api);
  return api;
};

it('the API with the embedded database loses no acknowledged post and no log-out to kill -9', async () => {
  const acknowledged: string[] = [];
  const ended: string[] = [];
  let api = await start();
  for (let round = 0; round < rounds; round += 1) {
    const writers = await Writers.start(api.url, 4);
    const { email, session } = await createUser(api, `Leaving${String(round)}`);
    await writers.acknowledge(20);
    await request(api.url).post('/authentication/log-out').set('Cookie', session.cookie).expect(204);
    ended.push(session.cookie);
    expect(await api.end('SIGKILL')).toBe('SIGKILL');
    await writers.stop();
    acknowledged.push(...writers.acknowledged);
    api = await start();
    await logIn(api, email);
  }
  const lost = await missingTitles(api, acknowledged);
  report(
    `API with the embedded database killed, ${String(rounds)} times: acknowledged ${String(acknowledged.length)} ` +
      `posts and ${String(ended.length)} log-outs, lost ${String(lost.length)}`,
  );
  expect(lost).toEqual([]);
  for (const cookie of ended) await request(api.url).get('/authentication').set('Cookie', cookie).expect(401);
});

it('a signal at any moment of the start ends the process without a stack', async () => {
  const outcomes = new Map<string, number>();
  await (await start()).end('SIGTERM'); // so that the database is made
  for (let afterMs = 0; afterMs < 400 * rounds; afterMs += 100) {
    const api = await ApiProcess.launch({ ...environment, LOG_LEVEL: 'log', DATA_DIR: directory });
    processes.push(api);
    await delay(afterMs);
    const code = String(await api.end(afterMs % 200 === 0 ? 'SIGTERM' : 'SIGINT'));
    outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
    expect(api.output).not.toMatch(/^\s+at |Error/m);
  }
  report(`A signal at each of ${String(4 * rounds)} moments of the start: ${describeCounts(outcomes)}`);
  expect([...outcomes.keys()].filter((code) => !['0', 'SIGTERM', 'SIGINT'].includes(code))).toEqual([]);
  await start(); // what they left behind is a database
});

it('a Redis that is killed or hangs stops no log-in', async () => {
  const redis = await RedisServer.start();
  try {
    const api = await start({ REDIS_URL: redis.url, LOG_LEVEL: 'log' });
    const { email } = await createUser(api);
    const times: number[] = [];
    const timedLogIn = async () => {
      const startedAt = performance.now();
      await logIn(api, email);
      times.push(Math.round(performance.now() - startedAt));
    };
    await api.until(() => sharesLimits(api, 1));
    for (let round = 0; round < rounds; round += 1) {
      redis.freeze();
      await timedLogIn();
      redis.thaw();
      await redis.kill();
      await timedLogIn();
      redis.start();
      await waitUntil(() => sharesLimits(api, round + 2));
      await timedLogIn();
    }
    const slowest = String(Math.max(...times));
    report(`Redis frozen, killed and started, ${String(rounds)} times: slowest log-in ${slowest} ms`);
    expect(api.isRunning).toBe(true);
  } finally {
    await redis.remove();
  }
});
