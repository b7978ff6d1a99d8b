import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectReadable } from '../cross-origin/support/readable.js';
import { accessControl, problem, send, valuesOf } from '../cross-origin/support/wire.js';
import { startApi, type Api } from '../support/api.js';
import { freePort } from '../support/free-port.js';
import { blocksIn, settingsIn } from '../support/markdown.js';
import { describeWithPrograms } from '../support/programs.js';
import { createUser, password } from '../support/users.js';
import { waitUntil } from '../support/wait.js';

const page = readFileSync('docs/recipes/caddy.md', 'utf8');
const [caddyfile = ''] = blocksIn(page, 'caddyfile');
const { FRONTEND_URL = '', ...settings } = settingsIn(blocksIn(page, 'sh')[0] ?? '');

describeWithPrograms('caddy')('behind Caddy, as docs/recipes/caddy.md sets it up', () => {
  let api: Api;
  let caddy: ChildProcess;
  let directory: string;
  let port: number;
  beforeAll(async () => {
    api = await startApi({ ...settings, FRONTEND_URL, NODE_ENV: 'test' });
    port = await freePort();
    directory = mkdtempSync(join(tmpdir(), 'caddy-'));
    const site = caddyfile
      .replace('api.example.com {', `http://:${String(port)} {\n\tbind 127.0.0.1`)
      .replace('127.0.0.1:3000', `127.0.0.1:${String(api.port)}`);
    writeFileSync(join(directory, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    const args = ['run', '--adapter', 'caddyfile', '--config', join(directory, 'Caddyfile')];
    const env = { PATH: process.env.PATH, HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory };
    caddy = spawn('caddy', args, { env, stdio: 'ignore' });
    await waitUntil(async () => caddy.exitCode !== null || (await fetch(`http://127.0.0.1:${String(port)}/health/live`).then(({ ok }) => ok, () => false))); // prettier-ignore
    expect(caddy.exitCode).toBeNull();
  });
  afterAll(async () => {
    if (caddy.kill()) await once(caddy, 'exit');
    await api.close();
    rmSync(directory, { recursive: true });
  });

  const Host = 'api.example.com';

  it('the headers of the API arrive once, also on errors', async () => {
    const { session } = await createUser(api);
    const headers = { Host, Origin: FRONTEND_URL, Cookie: session.cookie };
    for (const [path, status] of [
      ['/posts', 200],
      ['/authentication', 200],
      ['/nowhere', 404],
    ] as const) {
      // prettier-ignore
      const answer = await send({ port }, { path, headers });
      expect(answer.status).toBe(status);
      expectReadable(answer, FRONTEND_URL);
    }
  });

  it('the API takes the address from Caddy, not what the client made up', async () => {
    const { email } = await createUser(api);
    const forged = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'http' };
    const headers = { Host, Origin: FRONTEND_URL, 'Content-Type': 'application/json', ...forged };
    const body = JSON.stringify({ email, password });
    const answer = await send({ port }, { method: 'POST', path: '/authentication/log-in', headers, body });
    expect(answer.status).toBe(200);
    const [Cookie] = valuesOf(answer, 'Set-Cookie').filter((line) => /^__Host-Authentication=ey/.test(line));
    const sessions = await send({ port }, { path: '/authentication/sessions', headers: { Host, Cookie } });
    const { items } = JSON.parse(sessions.body) as { items: { ip: string; current: boolean }[] };
    expect(items.find(({ current }) => current)?.ip).toBe('127.0.0.1');
  });

  it('a page can read that the API is not available', async () => {
    await api.app.close();
    const answer = await send({ port }, { path: '/posts', headers: { Host, Origin: FRONTEND_URL } });
    expect(answer.status).toBe(502);
    expect(accessControl(answer).sort()).toEqual([
      ['access-control-allow-credentials', 'true'],
      ['access-control-allow-origin', FRONTEND_URL],
    ]);
    expect(valuesOf(answer, 'Content-Type')).toEqual(['application/problem+json']);
    expect(problem(answer)).toMatchObject({ status: 502, title: 'Bad Gateway' });
    const other = await send({ port }, { path: '/posts', headers: { Host, Origin: 'https://evil.example' } });
    expect(accessControl(other)).toEqual([]);
  });
});
