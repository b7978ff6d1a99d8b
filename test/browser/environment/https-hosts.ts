import { once } from 'node:events';
import { createServer as createProxy, type RequestListener, type Server } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createCertificate } from './certificate.js';

/** Larger than the limit of the API, so that the API refuses a header that is too long. */
const maxHeaderSize = 65_536;

/**
 * The host names of a test, all with https on port 443. The browsers use a proxy (`CONNECT`) that sends every name to one server
 * on 127.0.0.1. So no DNS entry is needed, and no privileged port.
 */
export class HttpsHosts {
  private readonly sockets = new Set<Duplex>();

  private constructor(private readonly servers: [https: Server, proxy: Server]) {
    for (const server of servers)
      server.on('connection', (socket: Socket) => {
        this.sockets.add(socket.on('close', () => this.sockets.delete(socket)));
      });
  }

  /** @param listeners by host name */
  static async start(listeners: Record<string, RequestListener> = {}): Promise<HttpsHosts> {
    const certificate = createCertificate(['localhost', ...Object.keys(listeners)]);
    const https = createServer({ ...certificate, maxHeaderSize }, (incoming, response) => {
      const listener = listeners[incoming.headers.host ?? ''];
      if (listener === undefined) response.writeHead(502).end();
      else listener(incoming, response);
    });
    const proxy = createProxy((_, response) => response.writeHead(502).end());
    proxy.on('connect', ({ url }, client: Duplex) => {
      const host = url?.replace(/:443$/, '') ?? '';
      if (!(host in listeners)) return client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      const server = connect(portOf(https), '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
      for (const end of [client, server]) end.on('error', () => [client, server].forEach((each) => each.destroy()));
      return client.pipe(server).pipe(client);
    });
    const hosts = new HttpsHosts([https, proxy]);
    await Promise.all([https, proxy].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
    return hosts;
  }

  get proxyPort(): number {
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
