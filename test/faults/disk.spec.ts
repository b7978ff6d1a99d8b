import { describe, expect, it } from '@jest/globals';
import { ApiProcess, killAll } from '../support/process.js';
import { waitUntil } from '../support/wait.js';
import { startInstance } from './support/api.js';
import { closeAfterEach } from './support/close-after-each.js';
import { Cluster } from './support/cluster.js';
import { describeCounts, report, rounds } from './support/report.js';
import { SmallDisk } from './support/small-disk.js';
import { missingTitles, Writers } from './support/writers.js';

const closeLater = closeAfterEach();

async function start(given: Record<string, string>): Promise<ApiProcess> {
  const api = await startInstance(given);
  closeLater(() => killAll([api]));
  return api;
}

describe('a disk that is full', () => {
  const disk = (megabytes: number) => {
    const made = new SmallDisk(megabytes);
    closeLater(() => made.remove());
    return made;
  };

  /** Fills the disk under writers, and makes room again. */
  async function survive(name: string, disk: SmallDisk, api: ApiProcess): Promise<void> {
    const writers = await Writers.start(api.url, 4);
    const recoveries: number[] = [];
    const refused = () => writers.outcomes.get(503) ?? 0;
    for (let round = 0; round < rounds; round += 1) {
      await writers.acknowledge(20);
      const before = refused();
      disk.fill();
      await waitUntil(
        () => refused() > before + 20,
        () => api.output,
      );
      const [read, ready] = [await fetch(`${api.url}/posts`), await fetch(`${api.url}/health/live`)];
      expect([read.status, ready.status]).toEqual([200, 200]);
      disk.makeRoom();
      recoveries.push(await writers.acknowledge(8));
    }
    await writers.stop();
    const missing = await missingTitles(api, writers.acknowledged);
    report(
      `${name}, ${String(rounds)} times: ${describeCounts(writers.outcomes)}; acknowledged ` +
        `${String(writers.acknowledged.length)}, lost ${String(missing.length)}; slowest recovery ` +
        `${String(Math.round(Math.max(...recoveries)))} ms`,
    );
    expect(missing).toEqual([]);
    expect([...writers.outcomes.keys()].filter((outcome) => outcome !== 201 && outcome !== 503)).toEqual([]);
  }

  it('under the embedded database stops writes with 503 and no reads, until there is room', async () => {
    const small = disk(200);
    await survive('Disk of the embedded database full', small, await start({ DATA_DIR: small.path }));
  });

  it('under a PostgreSQL server stops writes with 503 and no reads, until there is room', async () => {
    const small = disk(300);
    const cluster = await Cluster.startIn(small.path);
    closeLater(() => cluster.remove());
    await survive('Disk of PostgreSQL full', small, await start({ DATABASE_URL: cluster.url }));
  });
});
