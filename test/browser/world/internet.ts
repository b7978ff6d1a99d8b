import { once } from 'node:events';
import { createServer as createProxy, type RequestListener, type Server } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { makeCertificate } from './certificate.js';

/** As large as a test's own header may be; the API's limit is what counts. */
const maxHeaderSize = 65_536;

/**
 * The names of a test, all of them https on port 443. A proxy for CONNECT is what the browsers are told to use: so the names
 * need no DNS, and the port no privilege.
 */
export class Internet {
  private readonly sockets = new Set<Duplex>();

  private constructor(private readonly servers: [https: Server, proxy: Server]) {
    for (const server of servers)
      server.on('connection', (socket: Socket) => {
        this.sockets.add(socket.on('close', () => this.sockets.delete(socket)));
      });
  }

  /** @param sites what answers at each name */
  static async open(sites: Record<string, RequestListener> = {}): Promise<Internet> {
    const certificate = makeCertificate(['localhost', ...Object.keys(sites)]);
    const https = createServer({ ...certificate, maxHeaderSize }, (incoming, response) => {
      const site = sites[incoming.headers.host ?? ''];
      if (site === undefined) response.writeHead(502).end();
      else site(incoming, response);
    });
    const proxy = createProxy((_, response) => response.writeHead(502).end());
    proxy.on('connect', ({ url }, client: Duplex) => {
      const host = url?.replace(/:443$/, '') ?? '';
      if (!(host in sites)) return client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      const server = connect(portOf(https), '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
      for (const end of [client, server]) end.on('error', () => [client, server].forEach((each) => each.destroy()));
      return client.pipe(server).pipe(client);
    });
    const internet = new Internet([https, proxy]);
    await Promise.all([https, proxy].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
    return internet;
  }

  /** Of the proxy. */
  get port(): number {
    return portOf(this.servers[1]);
  }

  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await Promise.all(this.servers.map((server) => once(server.close(), 'close')));
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
