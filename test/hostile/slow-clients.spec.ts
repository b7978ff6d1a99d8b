import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect, type Socket } from 'node:net';
import { startApi, type Api } from '../support/api.js';
import { createUser } from '../support/users.js';
import { waitUntil } from '../support/wait.js';

const head = 'Host: localhost\r\nContent-Type: application/json\r\n';
const page = 'GET /posts?limit=100 HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** What a client sends at once, and the piece that it repeats every second. */
const kinds: [name: string, count: number, first: string, piece: string][] = [
  ['send nothing', 100, '', ''],
  ['send one header a second', 100, 'GET /posts HTTP/1.1\r\n', 'X-Slow: 1\r\n'],
  [
    'send one byte of a body a second',
    100,
    `POST /authentication/log-in HTTP/1.1\r\n${head}Content-Length: 9000\r\n\r\n`,
    ' ',
  ],
  [
    'stop in the middle of a body',
    100,
    `POST /authentication/log-in HTTP/1.1\r\n${head}Content-Length: 9000\r\n\r\n{`,
    '',
  ],
  ['do not read pages of a megabyte', 60, page.repeat(20), ''],
];

let api: Api;
let server: Server;
beforeAll(async () => {
  api = await startApi();
  server = api.app.getHttpServer();
  // Shorter than the API has them: Node looks every 30 seconds.
  Object.assign(server, { timeout: 10_000, headersTimeout: 10_000, requestTimeout: 20_000 });
  const { id } = await createUser(api);
  await api.dataSource.query(
    `INSERT INTO posts (title, content, "authorId") SELECT 'Long', repeat('word ', 20000), $1 FROM generate_series(1, 9)`,
    [id],
  );
});
afterAll(() => api.close());

async function connectSlowly(first: string): Promise<Socket> {
  const socket = connect(api.port, '127.0.0.1').pause();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (first !== '') socket.write(first);
  return socket;
}

const connections = () =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Without what is only waiting to be collected. */
function heldBytes(): number {
  collectGarbage();
  const { external, heapUsed } = process.memoryUsage();
  return external + heapUsed;
}

it.each(kinds)('clients that %s are cut, and others are served meanwhile', async (name, count, first, piece) => {
  const before = heldBytes();
  const sockets = await Promise.all(Array.from({ length: count }, () => connectSlowly(first)));
  const timer = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write(piece)), 1_000);
  let [served, largest] = [0, 0];
  await waitUntil(async () => {
    await api.request.get('/health/live').set('Connection', 'close').expect(200);
    served += 1;
    if (served % 50 === 1) largest = Math.max(largest, heldBytes() - before);
    return (await connections()) < 10;
  });
  clearInterval(timer);
  sockets.forEach((socket) => socket.destroy());
  const megabytes = Math.round(largest / 1_000_000);
  process.stdout.write(`${count} clients that ${name}: ${served} other requests served, ${megabytes} MB at most\n`);
  expect(served).toBeGreaterThan(1);
});
