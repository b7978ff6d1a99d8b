import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import type pg from 'pg';
import { startApi, type Api } from './support/api.js';
import { createUser } from './support/users.js';
import { waitUntil } from './support/wait.js';

const request = 'GET /posts HTTP/1.1\r\nHost: localhost\r\n\r\n';

let api: Api;
let server: Server;
beforeAll(async () => {
  api = await startApi();
  server = api.app.getHttpServer();
});
afterAll(() => api.close());

/** A client that writes bytes, and keeps what it is sent. */
class RawClient {
  received = '';
  isClosed = false;
  readonly socket: Socket;

  constructor(bytes: string) {
    this.socket = connect(api.port, '127.0.0.1');
    this.socket.setEncoding('latin1').on('data', (text) => (this.received += String(text)));
    this.socket.on('error', () => undefined).on('close', () => (this.isClosed = true));
    this.socket.write(bytes);
  }

  get statuses(): number[] {
    return [...this.received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  }
}

async function openConnections(): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}

describe('requests that do not wait for their responses (pipelining)', () => {
  it('are answered in their order, up to a hundred', async () => {
    const paths = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? '/posts' : `/posts/${index}`));
    const client = new RawClient(paths.map((path) => request.replace('/posts', path)).join(''));
    await waitUntil(() => client.statuses.length === 100);
    expect(client.statuses).toEqual(paths.map((path) => (path === '/posts' ? 200 : 404)));
    client.socket.destroy();
  });

  it('end their connection beyond that, 20,000 of them in one megabyte, and others are served', async () => {
    const client = new RawClient(request.repeat(20_000));
    const others = Array.from({ length: 20 }, () => api.request.get('/posts'));
    const answers = await Promise.all(others);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await waitUntil(() => client.isClosed);
    expect(client.statuses.length).toBeLessThan(1_000);
    expect(client.statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it('may have what is not HTTP at their end: it is answered last', async () => {
    const client = new RawClient(`${request.repeat(10)}GET nonsense\r\n\r\n`);
    await waitUntil(() => client.isClosed);
    expect(client.statuses).toEqual([...Array<number>(10).fill(200), 400]);
  });
});

describe('a client that does not read', () => {
  it('is disconnected, and what was kept for it is freed', async () => {
    const slow = await startApi();
    const slowServer: Server = slow.app.getHttpServer();
    expect(slowServer.timeout).toBe(30_000);
    const { id } = await createUser(slow);
    await slow.dataSource.query(
      `INSERT INTO posts (title, content, "authorId") SELECT 'Long', repeat('x', 100000), $1 FROM generate_series(1, 9)`,
      [id],
    );
    slowServer.timeout = 500; // of the connections from now on
    const sockets = Array.from({ length: 5 }, () => connect(slow.port, '127.0.0.1').pause());
    const closed = sockets.map(async (socket) => {
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      // More than the buffers of both ends hold.
      socket.write('GET /posts?limit=100 HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(40));
    });
    await Promise.all(closed);
    const connections = () =>
      new Promise<number>((resolve, reject) =>
        slowServer.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      );
    await waitUntil(async () => (await connections()) === 0);
    sockets.forEach((socket) => socket.destroy());
    await slow.close();
  });
});

describe('a client that goes on sending after an error', () => {
  it('is disconnected, though it never reads the answer', async () => {
    const client = new RawClient('GET nonsense\r\n\r\n');
    client.socket.pause();
    const timer = setInterval(() => client.socket.writable && client.socket.write('X: 1\r\n'), 100);
    // Its own end closes when the server has let go of it.
    await waitUntil(async () => (await openConnections()) === 0);
    clearInterval(timer);
    client.socket.destroy();
  });
});

describe('a connection to the database', () => {
  it('that was closed because nobody used it is followed by another', async () => {
    const { master } = api.dataSource.driver as unknown as { master: pg.Pool };
    await api.request.get('/posts').expect(200);
    master.options.idleTimeoutMillis = 1;
    await api.request.get('/posts').expect(200);
    await waitUntil(() => master.totalCount === 0);
    await api.request.get('/posts').expect(200);
  });
});

describe('connections that begin nothing', () => {
  it('are known to the server, and keep nobody else waiting', async () => {
    const sockets = Array.from({ length: 200 }, () => connect(api.port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    await waitUntil(async () => (await openConnections()) >= 200);
    await api.request.get('/posts').expect(200);
    sockets.forEach((socket) => socket.destroy());
    await waitUntil(async () => (await openConnections()) < 200);
  });

  it('have as long to send their headers as Node gives them', () => {
    expect([server.headersTimeout, server.requestTimeout]).toEqual([66_000, 300_000]);
  });
});
