import { beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { cookiesOf } from '../support/cookies.js';
import { Nginx } from '../support/nginx.js';
import { createUser, password } from '../support/users.js';
import { waitUntil } from '../support/wait.js';
import { sharesLimits } from './support/api.js';
import { closeAfterEach } from './support/close-after-each.js';
import { Cluster } from './support/cluster.js';
import { Pair } from './support/pair.js';
import { RedisServer } from './support/redis-server.js';
import { describeCounts, report, rounds } from './support/report.js';
import { lostTitles, Writers } from './support/writers.js';

let cluster: Cluster;
const closeLater = closeAfterEach();
beforeEach(async () => {
  cluster = await Cluster.start();
  closeLater(() => cluster.remove());
});

describe('two instances', () => {
  it('on sockets that stay open are restarted one after another behind nginx, and no connection is refused', async () => {
    const pair = await Pair.start(cluster, closeLater, { TRUST_PROXY: 'loopback' }, true);
    const nginx = await Nginx.start('own-origin.conf', { upstream: [...pair.ports] });
    closeLater(() => nginx.stop());
    const writers = await Writers.start(`http://127.0.0.1:${String(nginx.port)}`, 8);
    for (let round = 0; round < rounds; round += 1) {
      await writers.acknowledge(20);
      await pair.restart(round % 2 === 0 ? 0 : 1);
    }
    await writers.stop();
    report(
      `Rolling restart on held sockets behind nginx, ${String(rounds)} restarts: ${describeCounts(writers.outcomes)}, ` +
        `longest pause ${String(writers.longestPauseMs)} ms`,
    );
    expect([[...writers.outcomes.keys()], nginx.errors]).toEqual([[201], '']);
    expect(await lostTitles(cluster, writers.acknowledged)).toEqual([]);
  });

  it('behind nginx share limits through a Redis that hangs, is killed and comes back, and acknowledge writes throughout', async () => {
    const redis = await RedisServer.start();
    closeLater(() => redis.remove());
    const pair = await Pair.start(cluster, closeLater, {
      REDIS_URL: redis.url,
      LOG_LEVEL: 'log',
      LOG_IN_ATTEMPTS: '4',
    });
    const nginx = await Nginx.start('own-origin.conf', { upstream: [...pair.ports] });
    closeLater(() => nginx.stop());
    const url = `http://127.0.0.1:${String(nginx.port)}`;
    const writers = await Writers.start(pair.urls[0] ?? '', 4);
    const areShared = (times: number) => pair.instances.every((each) => sharesLimits(each, times));
    const attempt = async (email: string) =>
      (await request(url).post('/authentication/log-in').send({ email, password: 'not the password' })).status;
    const statuses: number[][] = [];
    for (let round = 0; round < rounds; round += 1) {
      await waitUntil(() => areShared(round + 1));
      const { email } = await createUser({ url: pair.urls[0] ?? '' });
      const attempts: number[] = [];
      for (let left = 6; left > 0; left -= 1) attempts.push(await attempt(email));
      statuses.push(attempts);
      redis.freeze();
      await writers.acknowledge(20);
      redis.thaw();
      await redis.kill();
      await writers.acknowledge(20);
      redis.start();
      await writers.acknowledge(20);
    }
    await writers.stop();
    report(
      `Redis of two instances behind nginx frozen, killed and started, ${String(rounds)} times: ` +
        `${describeCounts(writers.outcomes)}; of six attempts with a wrong password: ${statuses.map(String).join('; ')}`,
    );
    expect([...writers.outcomes.keys()]).toEqual([201]);
    expect(new Set(statuses.map(String))).toEqual(new Set(['401,401,401,401,429,429']));
    expect(await lostTitles(cluster, writers.acknowledged)).toEqual([]);
  });

  it('get a new secret while their users work, and log nobody out', async () => {
    const [former, newer] = ['the former secret: 0123456789 0123456789', 'the newer secret: 0123456789 0123456789'];
    const pair = await Pair.start(cluster, closeLater, { JWT_SECRET: former, REFRESH_GRACE: '1h' });
    const users = await Promise.all([1, 2, 3, 4, 5, 6].map(() => createUser({ url: pair.urls[0] ?? '' }, 'Rotating')));
    const outcomes = new Map<number, number>();
    let isRunning = true;
    /** A browser: reads, and renews its session at whichever instance listens. */
    const browse = async ({ session }: (typeof users)[number], turn: number) => {
      let { access, refresh } = session;
      for (let step = turn; isRunning; step += 1) {
        const url = pair.urls[step % 2] ?? '';
        try {
          const read = await request(url).get('/authentication').set('Cookie', access);
          const renewed = await request(url).post('/authentication/refresh').set('Cookie', refresh);
          for (const { status } of [read, renewed]) outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
          if (renewed.status === 204) ({ access, refresh } = cookiesOf(renewed));
        } catch {
          continue; // it does not listen
        }
      }
    };
    const browsers = users.map(browse);
    for (const JWT_SECRET of [`${former},${newer}`, `${newer},${former}`, newer])
      for (const index of [0, 1] as const) await pair.restart(index, { JWT_SECRET });
    isRunning = false;
    await Promise.all(browsers);
    report(`A new secret in 3 steps over 2 instances, 6 restarts: ${describeCounts(outcomes)}`);
    expect([...outcomes.keys()].filter((status) => ![200, 204, 503].includes(status))).toEqual([]);
    expect(await cluster.query('SELECT count(*)::int AS count FROM sessions')).toEqual([{ count: users.length }]);
  });

  it.each([50, 500])('give the same next token to %i requests with one refresh token', async (count) => {
    const pair = await Pair.start(cluster, closeLater, { REFRESH_GRACE: '1h' });
    for (let round = 0; round < rounds; round += 1) {
      const { session } = await createUser({ url: pair.urls[0] ?? '' }, `Tabs${String(count)}`);
      const answers = await Promise.all(
        Array.from({ length: count }, (_, index) =>
          request(pair.urls[index % 2] ?? '')
            .post('/authentication/refresh')
            .set('Cookie', session.refresh),
        ),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
      expect(new Set(answers.map((answer) => cookiesOf(answer).refresh.split('.', 2).join())).size).toBe(1);
    }
    report(
      `${String(count)} refreshes of one token over 2 instances, ${String(rounds)} times: all 204, one next token`,
    );
  });

  it('take a thousand log-ins at once: each succeeds in the end, and none is told that it tried too often', async () => {
    const pair = await Pair.start(cluster, closeLater);
    const users: Awaited<ReturnType<typeof createUser>>[] = [];
    for (let index = 0; index < 100; index += 1)
      users.push(await createUser({ url: pair.urls[index % 2] ?? '' }, `Storm${String(index)}`));
    const outcomes = new Map<number, number>();
    const untilItSucceeds = async (email: string, turn: number): Promise<void> => {
      const { status } = await request(pair.urls[turn % 2] ?? '')
        .post('/authentication/log-in')
        .send({ email, password });
      outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
      if (status === 503) return untilItSucceeds(email, turn + 1);
    };
    const storm = Array.from({ length: 1_000 }, (_, index) => untilItSucceeds(users[index % 100]?.email ?? '', index));
    await Promise.all(storm);
    report(`1,000 log-ins of 100 accounts at once over 2 instances: ${describeCounts(outcomes)}`);
    expect(outcomes.get(200)).toBe(1_000);
    expect([...outcomes.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });
});
