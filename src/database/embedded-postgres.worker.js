// The embedded PostgreSQL, in a thread of its own so that a long statement does not block the event loop of the API.
// Plain JavaScript: Node.js loads a worker thread by itself, also in the tests, where nothing is compiled.
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import lockfile from 'proper-lockfile';
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ dataDirectory: string, socket: string }} */
const { dataDirectory, socket } = workerData;
const pidFile = `${dataDirectory}.pid`;
/** Says where the socket is, for a back-up while the API runs. */
const socketFile = `${dataDirectory}.socket`;

await mkdir(dataDirectory, { recursive: true });
const unlock = await lock();
await writeFile(pidFile, String(process.pid));
await makeIfEmpty();
const database = await PGlite.create(dataDirectory);
const server = new PGLiteSocketServer({ db: database, path: socket, maxConnections: 4 });
await server.start();
await writeFile(socketFile, dirname(socket));
parentPort?.postMessage('ready');

parentPort?.once('message', async () => {
  await server.stop();
  await database.close();
  await rm(pidFile, { force: true });
  await rm(socketFile, { force: true });
  await unlock();
  process.exit(0);
});

/** In a folder beside it, so that a first start that is killed leaves nothing that looks like a database. */
async function makeIfEmpty() {
  if ((await readdir(dataDirectory)).length > 0) return;
  const unfinished = `${dataDirectory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const made = await PGlite.create(unfinished);
  await made.close();
  await rmdir(dataDirectory);
  await rename(unfinished, dataDirectory);
}

/** The lock is valid while this thread keeps updating it. After `kill -9` of its owner, waits until it is stale. */
async function lock() {
  const options = { stale: 3000, update: 1000, onCompromised: rethrow };
  try {
    return await lockfile.lock(dataDirectory, options);
  } catch (error) {
    const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
    if (error.code !== 'ELOCKED' || isRunning(pid)) throw Object.assign(error, { pid });
    return lockfile.lock(dataDirectory, { ...options, retries: { retries: 16, minTimeout: 250, maxTimeout: 250 } });
  }
}

/** In a container the owner may have had the process id that this process has now. */
function isRunning(pid) {
  if (pid === 0 || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function rethrow(error) {
  throw error;
}
