import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';

/** How long a test file waits for the ports, which other test files may be using. */
export const portsTimeoutMs = 600_000;

/** Reserves the ports 3000 and 5173 for one test file. @returns a function that releases them */
export function reservePorts(): Promise<() => Promise<void>> {
  const file = join(process.env.TEST_DIRECTORY ?? tmpdir(), 'ports');
  return lock(file, { realpath: false, retries: { retries: portsTimeoutMs / 100, minTimeout: 100, factor: 1 } });
}

/**
 * Serves plain http on `localhost`, on exactly this port.
 * @returns a function that closes the server
 * @throws Error that names the port when it is already in use
 */
export async function serve(port: number, listener: RequestListener): Promise<() => Promise<void>> {
  const server = createServer({ maxHeaderSize: 65_536 }, listener).listen(port);
  await once(server, 'listening').catch((error: unknown) => {
    throw new Error(`Port ${String(port)} is in use. Stop the process that uses it: maybe your own API or frontend.`, {
      cause: error,
    });
  });
  return async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
}
