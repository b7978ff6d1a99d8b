import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createItem } from '../support/feature.js';
import { freePort } from '../support/free-port.js';
import { ApiProcess, killAll } from '../support/process.js';
import { createUser, logIn, type User } from '../support/users.js';
import { waitUntil } from '../support/wait.js';
import { startInstance } from './support/api.js';
import { Cluster } from './support/cluster.js';
import { describeCounts, report } from './support/report.js';

/** How long the load lasts: short in the pipeline, ten minutes by hand. */
const minutes = Number(process.env.FAULT_MINUTES ?? 1);

/** Of the first part of the load: what is left for code that is compiled late, and for maps that grow once. */
const maxGrowth = 1.2;

const poolSize = 10;

/** What the metrics say that a process holds. */
interface Sample {
  heap: number;
  /** Sockets and files. */
  descriptors: number;
}

let cluster: Cluster;
let api: ApiProcess;
let metricsPort: number;
beforeAll(async () => {
  cluster = await Cluster.start();
  metricsPort = await freePort();
  api = await startInstance({
    DATABASE_URL: cluster.url,
    DATABASE_POOL_SIZE: String(poolSize),
    METRICS_PORT: String(metricsPort),
    NODE_OPTIONS: `--import=${pathToFileURL('test/faults/support/collect-garbage.js').href}`,
  });
});
afterAll(async () => {
  await killAll([api]);
  await cluster.remove();
});

/** What one client does after another: reads, writes, errors, and all that a session can do. */
async function visit(user: User, note: (status: number) => void): Promise<void> {
  const { id } = await createItem(user, 'posts');
  const path = `/posts/${String(id)}`;
  const reads = ['/posts', '/posts?search=title&sort=relevance', '/categories', path, '/nothing', '/posts?limit=0'];
  for (const each of reads) note((await user.agent.get(each)).status);
  for (const title of ['Changed', '']) note((await user.agent.patch(path).send({ title })).status);
  note((await user.agent.post('/authentication/refresh')).status);
  note((await user.agent.get('/authentication/sessions')).status);
  note((await user.agent.delete(path)).status);
  const other = await logIn(api, user.email);
  note((await other.agent.post('/authentication/log-out')).status);
}

async function measure(): Promise<Sample> {
  const text = await (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return { heap: read('nodejs_heap_size_used_bytes'), descriptors: read('process_open_fds') };
}

const leastHeap = (samples: Sample[]) => Math.min(...samples.map(({ heap }) => heap));

it(`mixed load for ${String(minutes)} min leaves heap, sockets and connections as they were`, async () => {
  const outcomes = new Map<number, number>();
  const note = (status: number) => void outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
  const users = await Promise.all(Array.from({ length: 8 }, () => createUser(api)));
  for (const user of users) await visit(user, note);
  const before = await measure();
  const endsAt = performance.now() + minutes * 60_000;
  const samples: Sample[] = [];
  const clients = users.map(async (user) => {
    while (performance.now() < endsAt) await visit(user, note);
  });
  const sampling = (async () => {
    while (performance.now() < endsAt) {
      samples.push(await measure());
      await delay(500);
    }
  })();
  await Promise.all([...clients, sampling]);
  const part = Math.ceil(samples.length / 4);
  const [first, last] = [leastHeap(samples.slice(part, 2 * part)), leastHeap(samples.slice(-part))];
  // The agents of the clients close their connections after each request; the API closes what is idle.
  await waitUntil(async () => (await measure()).descriptors <= before.descriptors + poolSize);
  const [row] = await cluster.query<{ count: string }>(
    `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cross-origin-api'`,
  );
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  report(
    `Mixed load for ${String(minutes)} min: ${describeCounts(outcomes)}; heap ${megabytes(first)} MB in the second ` +
      `quarter, ${megabytes(last)} MB in the last; ${String(row?.count)} connections to PostgreSQL`,
  );
  expect(last / first).toBeLessThan(maxGrowth);
  expect(Number(row?.count)).toBeLessThanOrEqual(poolSize + 1); // the one that listens for changed origins
  expect([...outcomes.keys()].sort()).toEqual([200, 204, 400, 404]);
});
