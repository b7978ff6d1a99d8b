import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between the API and PostgreSQL, so that a test can take the server away and bring it back. */
export class Proxy {
  private readonly sockets = new Set<Socket>();
  private server?: Server;
  private port = 0;

  /** @param target a `postgres://` URL */
  constructor(private readonly target: string) {}

  /** The target's URL, through this proxy. Only once it has been opened. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${String(this.port)}`;
    return url.href;
  }

  /** Always on the same port, the first time on the one given or on any. */
  async open(port = this.port): Promise<void> {
    this.server = createServer((client) => this.forward(client)).listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Cuts every connection and refuses new ones, as when the server is stopped. */
  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    this.server?.close();
    if (this.server?.listening) await once(this.server, 'close');
  }

  /** Connections stay open and lead nowhere, as when a cable is pulled. */
  freeze(): void {
    this.sockets.forEach((socket) => socket.unpipe().pause());
  }

  private forward(client: Socket): void {
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
    client.pipe(server).pipe(client);
  }
}
