import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { frontend, startApi, type Api } from './support/api.js';
import { blocksIn } from './support/markdown.js';
import { ApiProcess, killAll } from './support/process.js';

const processes: ApiProcess[] = [];
let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'readme-'))));
afterEach(async () => {
  await killAll(processes);
  await rm(directory, { recursive: true, force: true });
});

/** Every command has to succeed; for curl that is a status below 400. */
async function runCommands(commands: string): Promise<void> {
  const script = `set -e\ncurl() { command curl --silent --show-error --fail-with-body "$@"; }\n${commands}`;
  await promisify(execFile)('bash', ['-c', script], { cwd: directory });
}

/** Every request has to succeed. */
async function runScript(script: string): Promise<void> {
  await (runInNewContext(`(async () => {${script}})()`, { fetch: pageFetch() }) as Promise<void>);
}

/** `fetch` of a page on the allowed origin: it keeps and sends cookies only with `credentials: 'include'`. */
function pageFetch() {
  const jar = new Map<string, string>();
  return async (url: string, { credentials, headers, ...init }: RequestInit): Promise<Response> => {
    const includes = credentials === 'include';
    const Cookie = [...(includes ? jar : [])].map((pair) => pair.join('=')).join('; ');
    const sent = { ...(headers as Record<string, string> | undefined), Origin: frontend, Cookie };
    const response = await fetch(url, { ...init, headers: sent });
    expect(response.status).toBeLessThan(300);
    expect(response.headers.get('access-control-allow-origin')).toBe(frontend);
    for (const cookie of includes ? response.headers.getSetCookie() : []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    return response;
  };
}

describe('the examples', () => {
  let api: Api;
  beforeEach(async () => (api = await startApi()));
  afterEach(() => api.close());

  it.each([
    ['README.md', ['From a page', 'From curl']],
    ['docs/calling-the-api.md', []], // they delete their posts
  ])('of %s work, curl first and fetch after it', async (path, remaining) => {
    const page = readFileSync(path, 'utf8').replaceAll('http://localhost:3000', api.url);
    const [commands = ''] = blocksIn(page, 'sh').filter((block) => block.includes('curl'));
    const [script = ''] = blocksIn(page, 'js').filter((block) => block.includes('fetch('));
    await runCommands(commands);
    expect((await api.request.get('/categories')).body).toMatchObject({ count: 1 });
    await runScript(script);
    const { body } = await api.request.get('/posts');
    expect((body as { items: { content: string }[] }).items.map(({ content }) => content)).toEqual(remaining);
  });
});

it('npm start prints what README.md quotes', async () => {
  const api = await ApiProcess.start({ NODE_ENV: undefined, API_URL: undefined, NO_COLOR: '1' }, { cwd: directory });
  processes.push(api);
  const [quoted = ''] = blocksIn(readFileSync('README.md', 'utf8'), 'text');
  const lines = quoted.trim().split('\n');
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) await api.prints(line.replaceAll('3000', new URL(api.url).port));
  expect(await api.end('SIGTERM')).toBe(0);
});
