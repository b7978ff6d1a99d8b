import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** In front of a server, PostgreSQL or Redis, so that a test can make the server unavailable for a while. */
export class Proxy {
  /** How many connections were refused. */
  refused = 0;
  private isRefusing = false;
  private isFrozen = false;
  private readonly sockets = new Set<Socket>();
  private server?: Server;
  private port = 0;

  /** @param target the URL of the server */
  constructor(private readonly target: string) {}

  /** The target's URL, through this proxy. Only once it has been opened. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${String(this.port)}`;
    return url.href;
  }

  /** Always on the same port, the first time on the given one or on any. */
  async open(port = this.port): Promise<void> {
    this.isFrozen = false;
    this.server = createServer((client) => this.forward(client)).listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Ends every connection and listens no longer, as when the server is stopped. */
  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    this.server?.close();
    if (this.server?.listening) await once(this.server, 'close');
  }

  /** Ends every connection, and each new one at once, and counts these, until `accept` is called. */
  refuse(): void {
    this.isRefusing = true;
    this.refused = 0;
    this.sockets.forEach((socket) => socket.destroy());
  }

  accept(): void {
    this.isRefusing = false;
  }

  /** Connections stay open, also new ones, and nothing is forwarded any more, as by a server that has been stopped. */
  freeze(): void {
    this.isFrozen = true;
    this.sockets.forEach((socket) => socket.unpipe().pause());
  }

  private forward(client: Socket): void {
    if (this.isRefusing) {
      this.refused += 1;
      client.destroy();
      return;
    }
    const { hostname, port } = new URL(this.target);
    const server = connect(Number(port || 5432), hostname);
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        [client, server].forEach((end) => end.destroy());
      });
    }
    if (!this.isFrozen) client.pipe(server).pipe(client);
  }
}
