import { once } from 'node:events';
import { createServer as createProxy, type Server } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from '../../../browser-verdict/test/deployments/certificates.js';
import type { Address } from '../../../browser-verdict/src/page/server-target.js';
import { emptyPage } from './pages.js';

/** The hosts of one deployment, behind a proxy: the API where it listens, an empty page on every other host. */
export class DeploymentHosts {
  private readonly sockets = new Set<Duplex>();

  private constructor(
    private readonly pages: Server,
    private readonly proxy: Server,
    private readonly api: Address,
  ) {
    // Pages over plain http are answered by the proxy.
    proxy.on('connect', ({ url = '' }, client: Duplex) => this.tunnel(url, client));
    for (const server of [pages, proxy])
      server.on('connection', (socket: Duplex) => {
        this.sockets.add(socket.on('close', () => this.sockets.delete(socket)));
      });
  }

  static async start(api: Address, certificateOfPages: Certificate): Promise<DeploymentHosts> {
    const hosts = new DeploymentHosts(createServer({ ...certificateOfPages }, emptyPage), createProxy(emptyPage), api);
    await Promise.all([hosts.pages, hosts.proxy].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
    return hosts;
  }

  get proxyPort(): number {
    return portOf(this.proxy);
  }

  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await Promise.all([this.pages, this.proxy].map((server) => once(server.close(), 'close')));
  }

  private tunnel(target: string, client: Duplex): void {
    const port = target === 'api.example.com:443' ? this.api.port : portOf(this.pages);
    const server = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const end of [client, server]) end.on('error', () => [client, server].forEach((each) => each.destroy()));
    client.pipe(server).pipe(client);
  }
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;
