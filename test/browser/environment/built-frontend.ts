import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { extname, join } from 'node:path';

const folder = 'frontend/dist';
const types: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** Serves the built frontend, configured for the API at this URL. As in `deploy/nginx`, every other path has the page. */
export function builtFrontend(apiUrl: string): RequestListener {
  const index = readFileSync(join(folder, 'index.html'), 'utf8').replace(
    /(?<=name="api-url" content=")[^"]*/,
    () => apiUrl,
  );
  return ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const type = types[extname(pathname)] ?? 'text/html; charset=utf-8';
    response.setHeader('Content-Type', type);
    const file = type.startsWith('text/html') ? Promise.resolve(index) : readFile(join(folder, pathname));
    file.then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    );
  };
}
