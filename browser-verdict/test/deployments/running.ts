import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from '../../src/page/server-target.js';
import type { Certificate } from './certificates.js';

/** A server that a test has started. */
export interface Running {
  address: Address;
  stop: () => Promise<void>;
}

/** Node.js answers larger headers itself, without CORS. */
const maxHeaderSize = 65_536;

/** A listener over http, or over https with this certificate. */
export async function serve(listener: RequestListener, certificate?: Certificate): Promise<Running> {
  const server = certificate
    ? createHttpsServer({ ...certificate, maxHeaderSize }, listener)
    : createServer({ maxHeaderSize }, listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  return { address: { host: '127.0.0.1', port: portOf(server), protocol: certificate ? 'https:' : 'http:' }, stop };
}

const portOf = (server: Pick<Server, 'address'>) => (server.address() as AddressInfo).port;

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const port = portOf(server);
  await once(server.close(), 'close');
  return port;
}

/**
 * Debian's nginx with https and these lines in its `server` block. `{upstream}` stands for the address of the application, `{dir}` for a
 * directory that it may write to.
 */
export async function nginx(lines: string, { upstream, certificate, http = '' }: NginxOptions): Promise<Running> {
  const directory = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const fill = (text: string) =>
    text.replaceAll('{upstream}', `http://127.0.0.1:${String(upstream)}`).replaceAll('{dir}', directory);
  mkdirSync(join(directory, 'cache'));
  writeFileSync(join(directory, 'cert.pem'), certificate.cert);
  writeFileSync(join(directory, 'key.pem'), certificate.key);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  );
  const configuration = `daemon off; master_process off; pid ${directory}/pid; error_log ${directory}/error.log;
    events {}
    http { access_log off; large_client_header_buffers 4 64k; ${temporary.join(' ')} ${fill(http)}
      server { listen 127.0.0.1:${String(port)} ssl; ssl_certificate ${directory}/cert.pem; ssl_certificate_key ${directory}/key.pem;
        ${fill(lines)} } }`;
  writeFileSync(join(directory, 'nginx.conf'), configuration);
  const child = spawn('nginx', ['-p', directory, '-c', join(directory, 'nginx.conf')], {
    env: { PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
    stdio: 'ignore',
  });
  while (child.exitCode === null && !(await listens(port))) await delay(20);
  if (child.exitCode !== null) throw new Error(`nginx does not start with:\n${configuration}`);
  const stop = async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    rmSync(directory, { recursive: true, force: true });
  };
  return { address: { host: '127.0.0.1', port, protocol: 'https:' }, stop };
}

interface NginxOptions {
  /** The port of the application. */
  upstream: number;
  certificate: Certificate;
  /** Lines for the `http` block. */
  http?: string;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
