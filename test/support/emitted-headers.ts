import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';

/** Notes the name of every header that this server sends, for `global-teardown.js`, which sees those of all tests. */
export function noteHeaders(server: Server): { save: () => void } {
  const emitted = new Map<string, string>();
  server.on('request', ({ method = '', url = '' }: IncomingMessage, response: ServerResponse) => {
    response.once('finish', () => {
      for (const name of response.getHeaderNames()) if (!emitted.has(name)) emitted.set(name, `${method} ${url}`);
    });
  });
  return { save: () => save([...emitted]) };
}

function save(emitted: [name: string, request: string][]): void {
  const directory = join(process.env.TEST_DIRECTORY ?? '', 'headers');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${randomUUID()}.json`), JSON.stringify(emitted));
}
