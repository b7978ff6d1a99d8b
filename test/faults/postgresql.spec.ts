import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ApiProcess, killAll } from '../support/process.js';
import { waitUntil } from '../support/wait.js';
import { environment, startInstance } from './support/api.js';
import { Cluster } from './support/cluster.js';
import { describeCounts, report, rounds } from './support/report.js';
import { lostTitles, Writers } from './support/writers.js';

/** After the end of a fault. */
const maxRecoveryMs = 5_000;

let cluster: Cluster;
const processes: ApiProcess[] = [];
beforeEach(async () => (cluster = await Cluster.start('max_connections=20')));
afterEach(async () => {
  await killAll(processes);
  await cluster.remove();
});

const start = async () => {
  const api = await startInstance({ DATABASE_URL: cluster.url });
  processes.push(api);
  return api;
};

/** Runs a fault again and again under eight writers. The fault returns when it is over. */
async function survive(name: string, fault: (round: number) => Promise<void>): Promise<void> {
  const api = await start();
  const writers = await Writers.start(api.url, 8);
  const recoveries: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await writers.acknowledge(40);
    await fault(round);
    recoveries.push(await writers.acknowledge(8));
  }
  await writers.stop();
  const missing = await lostTitles(cluster, writers.acknowledged);
  const slowest = Math.round(Math.max(...recoveries));
  report(
    `${name}, ${String(rounds)} times: ${describeCounts(writers.outcomes)}; acknowledged ` +
      `${String(writers.acknowledged.length)}, lost ${String(missing.length)}; slowest recovery ${String(slowest)} ms`,
  );
  expect(missing).toEqual([]);
  expect([...writers.outcomes.keys()].filter((outcome) => outcome !== 201 && outcome !== 503)).toEqual([]);
  expect(slowest).toBeLessThan(maxRecoveryMs);
  expect(api.isRunning).toBe(true);
}

describe('PostgreSQL', () => {
  it.each(['fast', 'immediate', 'kill'] as const)('is stopped (%s) and started again', (mode) =>
    survive(`PostgreSQL stopped (${mode}) and started`, async () => {
      await cluster.stop(mode);
      await cluster.start();
    }),
  );

  it('is frozen for 3 seconds, and for 14, longer than any statement may take', () =>
    survive('PostgreSQL frozen', async (round) => {
      cluster.freeze();
      await new Promise((resolve) => setTimeout(resolve, round % 3 === 2 ? 14_000 : 3_000));
      cluster.thaw();
    }));

  it('has no free connection: what runs answers 503, what starts waits', async () => {
    const taken: pg.Client[] = [];
    const takeAll = async () => {
      for (;;) {
        const client = new pg.Client(cluster.url);
        client.on('error', () => undefined);
        try {
          await client.connect();
        } catch {
          return;
        }
        taken.push(client);
      }
    };
    const giveBack = () => Promise.all(taken.splice(0).map((client) => client.end()));
    await survive('All connections taken', async () => {
      await cluster.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cross-origin-api'`,
      );
      await takeAll();
      const second = await ApiProcess.launch({ ...environment, LOG_LEVEL: 'log', DATABASE_URL: cluster.url });
      processes.push(second);
      await second.prints('Waiting for PostgreSQL');
      expect(second.output).toMatch(/too many clients already|reserved for roles/);
      await giveBack();
      await second.isServing();
      expect(await second.end('SIGTERM')).toBe(0);
    });
  });

  it('outlives kill -9 of the API: each acknowledged write is there', async () => {
    const totals = new Map<number | string, number>();
    let acknowledged = 0;
    for (let round = 0; round < rounds; round += 1) {
      const api = await start();
      const writers = await Writers.start(api.url, 8);
      await writers.acknowledge(30);
      expect(await api.end('SIGKILL')).toBe('SIGKILL');
      await waitUntil(() => (writers.outcomes.get('refused') ?? 0) > 0);
      await writers.stop();
      expect(await lostTitles(cluster, writers.acknowledged)).toEqual([]);
      acknowledged += writers.acknowledged.length;
      for (const [outcome, count] of writers.outcomes) totals.set(outcome, (totals.get(outcome) ?? 0) + count);
    }
    report(`API killed on PostgreSQL, ${String(rounds)} times: acknowledged ${String(acknowledged)}, lost 0`);
    expect(totals.get(500)).toBeUndefined();
  });
});
