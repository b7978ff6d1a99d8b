import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Nginx } from '../support/nginx.js';
import { killAll } from '../support/process.js';
import { Cluster } from './support/cluster.js';
import { expectNothingLost, Pair } from './support/pair.js';
import { describeCounts, report, rounds } from './support/report.js';
import { Writers } from './support/writers.js';

let cluster: Cluster;
const closers: (() => Promise<unknown>)[] = [];
beforeEach(async () => (cluster = await Cluster.start()));
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await cluster.remove();
});

async function startPair(environment: Record<string, string> = {}): Promise<Pair> {
  const pair = await Pair.start(cluster, environment);
  closers.push(() => killAll(pair.processes));
  return pair;
}

describe('two instances', () => {
  it('behind nginx are restarted one after another, and no request is cut', async () => {
    const pair = await startPair({ TRUST_PROXY: 'loopback' });
    const nginx = await Nginx.start('own-origin.conf', { upstream: [...pair.ports] });
    closers.push(() => nginx.stop());
    const writers = await Writers.start(`http://127.0.0.1:${String(nginx.port)}`, 8);
    for (let round = 0; round < rounds; round += 1) {
      await writers.acknowledge(20);
      await pair.restart(round % 2 === 0 ? 0 : 1);
    }
    await writers.stop();
    report(`Rolling restart behind nginx, ${String(rounds)} restarts: ${describeCounts(writers.outcomes)}`);
    const errors = nginx.errors.split('\n').filter((line) => !line.includes('Connection refused'));
    expect([[...writers.outcomes.keys()], errors.join('\n')]).toEqual([[201], '']);
    await expectNothingLost(cluster, writers);
  });

  it('called directly are restarted one after another, and no request on a connection that has served is cut', async () => {
    const pair = await startPair();
    const writers = await Writers.start(pair.urls, 8);
    for (let round = 0; round < rounds; round += 1) {
      await writers.acknowledge(20);
      await pair.restart(round % 2 === 0 ? 0 : 1);
    }
    await writers.stop();
    report(`Rolling restart without a proxy, ${String(rounds)} restarts: ${describeCounts(writers.outcomes)}`);
    expect([...writers.outcomes.keys()].filter((outcome) => outcome !== 201 && outcome !== 'refused')).toEqual([]);
    await expectNothingLost(cluster, writers);
  });
});
