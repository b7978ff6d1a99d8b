import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { HeaderList } from '../../src/rules/header-list.js';
import { Authority } from '../deployments/certificates.js';
import { see, type Seen } from './observation.js';
import { respond, type Names } from './respond.js';

/** All hosts of all cases, behind one proxy: the browsers need no DNS, and no privileged ports. */
export class World {
  private readonly runs = new Map<string, { names: Names; seen: Seen[] }>();
  private readonly servers: Server[];
  private readonly sockets = new Set<Duplex>();

  private constructor(
    private readonly plain: Server,
    private readonly secure: Server,
    private readonly proxy: Server,
  ) {
    this.servers = [plain, secure, proxy];
  }

  static async start(): Promise<World> {
    const authority = new Authority();
    const certificate = authority.issue({ names: ['example.com'], selfSigned: true });
    authority.remove();
    const world: World = new World(
      createHttp((request, response) => world.answer('http', request, response)),
      createHttps({ ...certificate }, (request, response) => world.answer('https', request, response)),
      createHttp((request, response) => world.answer('http', request, response)),
    );
    world.proxy.on('connect', ({ url = '' }: IncomingMessage, client: Duplex) => world.tunnel(url, client));
    for (const server of world.servers) {
      server.on('connection', (socket: Duplex) =>
        world.sockets.add(socket.on('close', () => world.sockets.delete(socket))),
      );
      await once(server.listen(0, '127.0.0.1'), 'listening');
    }
    return world;
  }

  get proxyPort(): number {
    return portOf(this.proxy);
  }

  begin(names: Names): Seen[] {
    const seen: Seen[] = [];
    this.runs.set(names.run, { names, seen });
    return seen;
  }

  end({ run }: Names): void {
    this.runs.delete(run);
  }

  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await Promise.all(this.servers.map((server) => once(server.close(), 'close')));
  }

  private tunnel(target: string, client: Duplex): void {
    if (!/\.(?:com|net):\d+$/.test(target)) return void client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const server = connect(portOf(target.endsWith(':443') ? this.secure : this.plain), '127.0.0.1', () =>
      client.write('HTTP/1.1 200 OK\r\n\r\n'),
    );
    for (const end of [client, server]) end.on('error', () => [client, server].forEach((each) => each.destroy()));
    client.pipe(server).pipe(client);
  }

  private answer(scheme: string, request: IncomingMessage, response: ServerResponse): void {
    const { method = '', headers, rawHeaders } = request;
    const path = (request.url ?? '').replace(/^http:\/\/[^/]*/, '');
    const url = new URL(path, `${scheme}://${headers.host ?? ''}`);
    const found = this.runs.get(url.pathname.split('/')[1] ?? '');
    if (!found) return void response.writeHead(404).end();
    const pairs: HeaderList = rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
    );
    found.seen.push(see(method, url.href, pairs));
    const isPreflight = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
    const { status, headers: answer, body } = respond(found.names, method, url, isPreflight);
    response.writeHead(status, answer.flat());
    response.end(body);
  }
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** Waits for a condition, but not for ever: that it does not come true is a result too. */
export async function settled(condition: () => boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition() && performance.now() < deadline) await delay(5);
}
