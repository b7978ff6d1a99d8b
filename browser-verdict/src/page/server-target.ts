import { once } from 'node:events';
import { createServer, Server as HttpServer, type RequestListener } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/**
 * What supertest takes too: a server of Node.js, an Express app or another request listener, a Nest application (`getHttpServer`), a Fastify
 * instance (`server`, `ready`).
 */
export type ServerLike =
  | HttpServer
  | HttpsServer
  | RequestListener
  | { getHttpServer(): unknown }
  | { server: unknown; ready(): PromiseLike<unknown> };

export interface Address {
  host: string;
  port: number;
  protocol: 'http:' | 'https:';
}

interface Listening {
  address: Address;
  close: () => Promise<void>;
}

const listening = new WeakMap<object, Promise<Listening>>();

/** The address of a server, which listens on a free port of this machine unless it listens already. */
export function listen(target: ServerLike): Promise<Listening> {
  const known = listening.get(target);
  if (known) return known;
  const started = start(target);
  listening.set(target, started);
  return started;
}

async function start(target: ServerLike): Promise<Listening> {
  const server = await serverOf(target);
  const isOurs = !server.listening;
  if (isOurs) await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    listening.delete(target);
    if (isOurs) await stop(server);
  };
  return { address: { host: '127.0.0.1', port, protocol: server instanceof HttpsServer ? 'https:' : 'http:' }, close };
}

async function serverOf(target: ServerLike): Promise<HttpServer | HttpsServer> {
  if (target instanceof HttpServer || target instanceof HttpsServer) return target;
  if (typeof target === 'function') return createServer(target);
  if ('getHttpServer' in target) return target.getHttpServer() as HttpServer;
  await target.ready();
  return target.server as HttpServer;
}

async function stop(server: HttpServer | HttpsServer): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await once(server.close(), 'close');
}
