import findProcess from 'find-process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { ConfigurationError } from '../config/configuration.error.js';
import type { Environment } from '../config/environment.schema.js';

/**
 * Tries the port before anything else is started, so that a port that is taken is reported at once.
 *
 * @throws ConfigurationError that names the process that listens there, where the system tells
 */
export async function assertPortIsFree({ PORT, HOST }: Pick<Environment, 'PORT' | 'HOST'>): Promise<void> {
  if (PORT === 0) return; // any free port
  const server = createServer();
  try {
    await once(server.listen(PORT, HOST === '' ? undefined : HOST), 'listening');
  } catch (error) {
    throw new ConfigurationError([await explain(error as NodeJS.ErrnoException, PORT, HOST)]);
  }
  server.close();
  await once(server, 'close');
}

async function explain({ code = '', message }: NodeJS.ErrnoException, port: number, host: string): Promise<string> {
  if (code === 'EADDRINUSE')
    return `PORT: ${port} is in use by ${await listenerOn(port)}. Stop it, or set PORT to another port, for example ${port + 1}`;
  if (code === 'EACCES')
    return `PORT: ${port} needs more rights than this user has; use 1024 or above, for example 3000`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST: ${host} is not an address of this machine; use 127.0.0.1, or leave it out to listen on all addresses`;
  return `PORT: cannot listen on ${port}: ${message}`;
}

/** The declarations of the package do not resolve under `nodenext`. */
const findListeners = findProcess as (by: 'port', port: number) => Promise<{ pid: number; name: string }[]>;

async function listenerOn(port: number): Promise<string> {
  const [listener] = await findListeners('port', port).catch(() => []);
  return listener === undefined ? 'another process' : `${listener.name} (process ${listener.pid})`;
}
