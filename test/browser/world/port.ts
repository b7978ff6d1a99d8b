import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';

/** In milliseconds: how long to wait until other test files have had their turn. */
export const patience = 180_000;

/** The ports 3000 and 5173, for one test file at a time. @returns what gives them back */
export function reservePorts(): Promise<() => Promise<void>> {
  const file = join(process.env.TEST_DIRECTORY ?? tmpdir(), 'ports');
  return lock(file, { realpath: false, retries: { retries: patience / 100, minTimeout: 100, factor: 1 } });
}

/** Plain http on `localhost` at exactly this port. @returns what closes it @throws Error that names the port when it is taken */
export async function serve(port: number, site: RequestListener): Promise<() => Promise<void>> {
  const server = createServer({ maxHeaderSize: 65_536 }, site).listen(port);
  await once(server, 'listening').catch((error: unknown) => {
    throw new Error(`Port ${String(port)} is taken. Stop what listens there: an API or a frontend of yours?`, {
      cause: error,
    });
  });
  return async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
}
