// The embedded PostgreSQL, on a thread of its own so that a long statement does not stop the event loop of the API.
// Plain JavaScript: a worker thread is loaded by Node.js itself, also in the tests, where nothing is compiled.
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { mkdir } from 'node:fs/promises';
import lockfile from 'proper-lockfile';
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ dataDirectory: string, socket: string }} */
const { dataDirectory, socket } = workerData;

await mkdir(dataDirectory, { recursive: true });

// A lock lives as long as this thread keeps touching it. After `kill -9` the next start waits until it is stale; a second
// process that is alive is told apart by that, and refused.
const unlock = await lockfile.lock(dataDirectory, {
  stale: 3000,
  update: 1000,
  retries: { retries: 16, factor: 1, minTimeout: 250, maxTimeout: 250 },
  onCompromised: (error) => {
    throw error;
  },
});
const database = await PGlite.create(dataDirectory);
const server = new PGLiteSocketServer({ db: database, path: socket, maxConnections: 4 });
await server.start();
parentPort?.postMessage('ready');

parentPort?.once('message', async () => {
  await server.stop();
  await database.close();
  await unlock();
  process.exit(0);
});
