import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi, type Api } from '../support/api.js';
import { freePort } from '../support/free-port.js';
import { blocksIn, settingsIn } from '../support/markdown.js';
import { password } from '../support/users.js';
import { waitUntil } from '../support/wait.js';

const page = readFileSync('docs/recipes/server-rendering.md', 'utf8');
const [settings = ''] = blocksIn(page, 'sh');
const [script = ''] = blocksIn(page, 'js');

/** The settings of the recipe, for a server at this address. */
const environmentFor = (url: string) => settingsIn(settings.replaceAll('https://app.example.com', url));

interface Response {
  status: number;
  body: string;
}

/** A browser at an address of its own, which knows nothing of the API. */
class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly port: number,
    private readonly localAddress: string,
  ) {}

  get(path: string): Promise<Response> {
    return this.send('GET', path, { 'Sec-Fetch-Site': 'none' });
  }

  /** @param origin of the page with the form */
  submit(path: string, fields: Record<string, string>, origin: string, site: string): Promise<Response> {
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const headers = { ...type, Origin: origin, 'Sec-Fetch-Site': site };
    return this.send('POST', path, headers, new URLSearchParams(fields).toString());
  }

  private send(method: string, path: string, headers: object, body?: string): Promise<Response> {
    const Cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const { port, localAddress } = this;
    return new Promise((resolve, reject) => {
      const options = { port, host: '127.0.0.1', localAddress, method, path, headers: { ...headers, Cookie } };
      const sent = request(options, (incoming) => {
        for (const line of incoming.headers['set-cookie'] ?? []) this.keep(line);
        let text = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: text }));
      });
      sent.on('error', reject).end(body);
    });
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/Expires=Thu, 01 Jan 1970|Max-Age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

describe('a server that renders, as docs/recipes/server-rendering.md has it', () => {
  let api: Api;
  let server: ChildProcess;
  let directory: string;
  let port: number;
  let url: string;
  beforeAll(async () => {
    port = await freePort();
    url = `http://localhost:${String(port)}`;
    api = await startApi({ ...environmentFor(url), LOG_IN_ATTEMPTS: '2' });
    directory = mkdtempSync(join(tmpdir(), 'server-rendering-'));
    writeFileSync(join(directory, 'server.mjs'), script);
    const env = { PATH: process.env.PATH, PORT: String(port), HOST: '127.0.0.1', INTERNAL_API_URL: api.url };
    server = spawn(process.execPath, [join(directory, 'server.mjs')], { env, stdio: 'inherit' });
    await waitUntil(async () => fetch(`http://127.0.0.1:${String(port)}/none`).then(() => true, () => false)); // prettier-ignore
    for (const name of ['Ada', 'Grace', 'Joan'])
      await api.request.post('/authentication/register').send({ ...credentialsOf(name), name }).expect(201); // prettier-ignore
  });
  afterAll(async () => {
    if (server.kill()) await once(server, 'exit');
    await api.close();
    rmSync(directory, { recursive: true });
  });

  const credentialsOf = (name: string) => ({ email: `${name.toLowerCase()}@example.com`, password });
  const logIn = (visitor: Visitor, name: string, secret = password) =>
    visitor.submit('/log-in', { ...credentialsOf(name), password: secret }, url, 'same-origin');

  it('logs a visitor in, refreshes a session while it renders, and logs out', async () => {
    const visitor = new Visitor(port, '127.0.0.1');
    expect((await visitor.get('/')).body).toContain('action="/log-in"');
    expect((await logIn(visitor, 'Ada')).status).toBe(303);
    expect((await visitor.get('/')).body).toContain('Hello Ada');

    const { Refresh: former } = Object.fromEntries(visitor.cookies);
    visitor.cookies.set('Authentication', 'expired'); // As for the API: a 401. A real one would take 15 minutes.
    expect((await visitor.get('/')).body).toContain('Hello Ada');
    expect(visitor.cookies.get('Authentication')).toMatch(/^ey/);
    expect(visitor.cookies.get('Refresh')).not.toBe(former);

    expect((await visitor.submit('/log-out', {}, url, 'same-origin')).status).toBe(303);
    expect([...visitor.cookies]).toEqual([]);
    expect((await visitor.get('/')).body).toContain('action="/log-in"');
  });

  it('refuses the form of a foreign page', async () => {
    const visitor = new Visitor(port, '127.0.0.1');
    await logIn(visitor, 'Grace');
    const refused = await visitor.submit('/log-out', {}, 'https://evil.example', 'cross-site');
    expect(refused.status).toBe(403);
    expect((await visitor.get('/')).body).toContain('Hello Grace');
  });

  it('counts visitors by their own addresses, which their sessions show', async () => {
    const [guesser, visitor] = [new Visitor(port, '127.0.0.2'), new Visitor(port, '127.0.0.3')];
    const guesses = [];
    for (let times = 0; times < 3; times++) guesses.push((await logIn(guesser, 'Joan', 'a wrong password')).status);
    expect(guesses).toEqual([401, 401, 429]);
    expect((await logIn(visitor, 'Joan')).status).toBe(303);
    const [{ ip } = {}] = await api.dataSource.query<{ ip?: string }[]>(
      `SELECT ip FROM sessions JOIN users ON users.id = "userId" WHERE email = 'joan@example.com'`,
    );
    expect(ip).toBe('127.0.0.3');
  });
});
