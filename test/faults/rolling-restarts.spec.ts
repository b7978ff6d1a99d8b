import { beforeEach, describe, expect, it } from '@jest/globals';
import { Nginx } from '../support/nginx.js';
import { closeAfterEach } from './support/close-after-each.js';
import { Cluster } from './support/cluster.js';
import { Pair } from './support/pair.js';
import { describeCounts, report, rounds } from './support/report.js';
import { lostTitles, Writers } from './support/writers.js';

let cluster: Cluster;
const closeLater = closeAfterEach();
beforeEach(async () => {
  cluster = await Cluster.start();
  closeLater(() => cluster.remove());
});

describe('two instances', () => {
  it('behind nginx are restarted one after another, and no request is cut', async () => {
    const pair = await Pair.start(cluster, closeLater, { TRUST_PROXY: 'loopback' });
    const nginx = await Nginx.start('own-origin.conf', { upstream: [...pair.ports] });
    closeLater(() => nginx.stop());
    const writers = await Writers.start(`http://127.0.0.1:${String(nginx.port)}`, 8);
    for (let round = 0; round < rounds; round += 1) {
      await writers.acknowledge(20);
      await pair.restart(round % 2 === 0 ? 0 : 1);
    }
    await writers.stop();
    report(`Rolling restart behind nginx, ${String(rounds)} restarts: ${describeCounts(writers.outcomes)}`);
    const errors = nginx.errors.split('\n').filter((line) => !line.includes('Connection refused'));
    expect([[...writers.outcomes.keys()], errors.join('\n')]).toEqual([[201], '']);
    expect(await lostTitles(cluster, writers.acknowledged)).toEqual([]);
  });

  it('called directly are restarted one after another, and no request on a connection that has served is cut', async () => {
    const pair = await Pair.start(cluster, closeLater);
    const writers = await Writers.start(pair.urls, 8);
    for (let round = 0; round < rounds; round += 1) {
      await writers.acknowledge(20);
      await pair.restart(round % 2 === 0 ? 0 : 1);
    }
    await writers.stop();
    report(`Rolling restart without a proxy, ${String(rounds)} restarts: ${describeCounts(writers.outcomes)}`);
    expect([...writers.outcomes.keys()].filter((outcome) => outcome !== 201 && outcome !== 'refused')).toEqual([]);
    expect(await lostTitles(cluster, writers.acknowledged)).toEqual([]);
  });
});
