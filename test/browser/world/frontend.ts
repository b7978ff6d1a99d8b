import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { RequestListener } from 'node:http';

const folder = 'frontend/dist';
const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** The frontend as it is built, told where the API is. */
export function frontendFor(api: string): RequestListener {
  const index = readFileSync(join(folder, 'index.html'), 'utf8').replace(
    /(?<=name="api-url" content=")[^"]*/,
    () => api,
  );
  return ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname;
    response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
    const file = path === '/index.html' ? Promise.resolve(index) : readFile(join(folder, path));
    file.then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    );
  };
}
