import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** `closed`: without a word. `terminated`: in one packet with the FATAL of a server that stops. */
export type Cut = 'closed' | 'terminated';

interface Armed {
  count: number;
  cut: Cut;
  of: string;
}

/**
 * In front of a PostgreSQL server: cuts a connection after a given message of the server.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class CuttingProxy {
  /** Whether the connection was cut since `cutAfter` was called. */
  hasCut = false;
  private armed?: Armed;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((client) => this.connect(client));

  private constructor(private readonly target: URL) {}

  static async open(target: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(new URL(target));
    await once(proxy.server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
    return url.href;
  }

  /**
   * @param count of the messages that the server sends on a new connection before the cut; 0 cuts it at once
   * @param of a text in the first packet of the client, such as its application name: other connections are left alone
   */
  cutAfter(count: number, cut: Cut, of = ''): void {
    this.hasCut = false;
    this.armed = { count, cut, of };
  }

  /** No further connection is cut. */
  forward(): void {
    this.armed = undefined;
  }

  /** Ends all open connections. */
  reset(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }

  close(): void {
    this.reset();
    this.server.close();
  }

  private connect(client: Socket): void {
    const server = connect(Number(this.target.port || 5432), this.target.hostname);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroySoon();
      });
    }
    client.once('data', (startup) => {
      const armed = startup.includes(this.armed?.of ?? '') ? this.armed : undefined;
      server.write(startup);
      client.pipe(server);
      if (armed === undefined) server.pipe(client);
      else this.count(server, client, armed);
    });
  }

  private count(server: Socket, client: Socket, armed: Armed): void {
    let received = Buffer.alloc(0);
    let left = armed.count;
    const end = (last: Buffer) => {
      this.hasCut = true;
      this.armed = undefined;
      client.end(armed.cut === 'terminated' ? Buffer.concat([last, terminated]) : last);
      server.destroy();
    };
    if (left === 0) return end(Buffer.alloc(0));
    server.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (!client.writableEnded && received.length >= 5 && received.length > received.readInt32BE(1)) {
        const message = received.subarray(0, received.readInt32BE(1) + 1);
        received = received.subarray(message.length);
        left -= 1;
        if (left === 0 && this.armed === armed) end(message);
        else client.write(message);
      }
    });
  }
}

/** ErrorResponse (E): severity, code and message of a server that is shut down. */
const terminated = errorResponse({
  S: 'FATAL',
  V: 'FATAL',
  C: '57P01',
  M: 'terminating connection due to administrator command',
});

function errorResponse(fields: Record<string, string>): Buffer {
  const body = Buffer.from(
    `${Object.entries(fields)
      .map((pair) => `${pair.join('')}\0`)
      .join('')}\0`,
  );
  const head = Buffer.from('E....');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
