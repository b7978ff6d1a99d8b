import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

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
