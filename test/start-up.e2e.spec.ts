import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, describeOnServer, usesServer, type TestDatabase } from './support/database.js';
import { createUser, password } from './support/users.js';
import { ApiProcess, killAll, Process } from './support/process.js';
import { Proxy } from './support/proxy.js';
import { waitUntil } from './support/wait.js';

const processes: Process[] = [];
let directory: string;
let database: TestDatabase;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'start-up-'));
  database = await createTestDatabase();
});
afterEach(async () => {
  await killAll(processes);
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

const keep = <P extends Process>(started: P): P => {
  processes.push(started);
  return started;
};
const launch = async (environment: Record<string, string | undefined>, cwd?: string) =>
  keep(await ApiProcess.launch(environment, { cwd }));
const start = async (environment: Record<string, string | undefined> = {}) => {
  const api = await launch({ ...database.environment, ...environment });
  await api.isServing();
  return api;
};

const post = ({ url }: ApiProcess, path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });
const isRefused = ({ url }: ApiProcess) =>
  fetch(url).then(
    () => false,
    () => true,
  );

/** Sends a request without its body. @returns once the API has begun to serve it, with a way to send the body */
async function beginRequest({ url }: ApiProcess, path: string, body: object) {
  const text = JSON.stringify(body);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': text.length, Expect: '100-continue' };
  const request = httpRequest(url + path, { method: 'POST', headers });
  const response = once(request, 'response').then(([first]) => first as IncomingMessage);
  await once(request, 'continue');
  return { response, finish: () => request.end(text) };
}

const credentials = { email: 'ada@example.com', password };
const ada = { ...credentials, name: 'Ada' };
const stackTrace = /^\s+at .+:\d+:\d+/m;

describe('an environment that cannot work', () => {
  it('is refused with every mistake, its cure, and nothing else', async () => {
    const api = await launch({ PORT: 'http', BCRYPT_COST: '99', FRONTEND_URL: 'https://app.example.com/', HOST: '' });
    expect(await api.end()).toBe(1);
    const [first, ...mistakes] = api.output.trimEnd().split('\n');
    expect(first).toBe('The configuration cannot work:');
    expect(mistakes).toEqual([
      expect.stringMatching(/^ {2}- PORT is http, .* 3000$/),
      expect.stringMatching(/^ {2}- BCRYPT_COST is 99, .* 12$/),
      expect.stringMatching(/^ {2}- FRONTEND_URL .*FRONTEND_URL=https:\/\/app\.example\.com /),
    ]);
  });

  it('is one without a secret or a database, in production', async () => {
    const api = await launch({ NODE_ENV: 'production', BCRYPT_COST: undefined, JWT_SECRET: '', DATABASE_URL: '' });
    expect(await api.end()).toBe(1);
    expect(api.output).toContain('DATABASE_URL is missing; production needs a server: postgres://');
    expect(api.output).toContain('JWT_SECRET is missing; create one with: openssl rand -base64 48');
    expect(api.output).not.toMatch(stackTrace);
  });

  it('is one whose DATA_DIR is no directory', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    const api = await launch({ DATA_DIR: file });
    expect(await api.end()).toBe(1);
    expect(api.output).toContain('DATA_DIR has to be a directory');
    expect(api.output).not.toMatch(stackTrace);
  });

  it('may come from .env, which is read in the directory where the API is started', async () => {
    await writeFile(join(directory, '.env'), 'LOG_LEVEL=loud\n');
    const api = await launch({ NODE_ENV: undefined }, directory);
    expect(await api.end()).toBe(1);
    expect(api.output).toContain('LOG_LEVEL is loud');
  });
});

describe('a newcomer', () => {
  it('needs no .env: everything is made in ./data, for this user alone', async () => {
    const api = await launch({ NODE_ENV: undefined, BCRYPT_COST: undefined, API_URL: undefined }, directory);
    await api.isServing();
    const response = await post(api, '/authentication/register', ada, { Origin: 'http://localhost:5173' });
    expect(response.status).toBe(201);
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect((await stat(join(directory, 'data', 'jwt-secret'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'data', 'postgres', 'PG_VERSION'))).isFile()).toBe(true);
    expect(await api.end('SIGINT')).toBe(0);
  });
});

describe('a restart', () => {
  it('logs nobody out', async () => {
    const before = await start();
    const { email, session } = await createUser(before);
    const secret = await readFile(join(database.environment.DATA_DIR, 'jwt-secret'), 'utf8');
    expect(await before.end('SIGTERM')).toBe(0);

    const after = await start();
    const response = await fetch(`${after.url}/authentication`, { headers: { Cookie: session.cookie } });
    expect(await response.json()).toMatchObject({ email });
    expect(await readFile(join(database.environment.DATA_DIR, 'jwt-secret'), 'utf8')).toBe(secret);
  });
});

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('lets a running request finish, takes no new ones, and ends with exit code 0', async () => {
    const api = await start();
    const { response, finish } = await beginRequest(api, '/authentication/register', ada);
    const ended = api.end(signal);
    await waitUntil(() => isRefused(api));
    finish();
    expect((await response).statusCode).toBe(201);
    expect(await ended).toBe(0);
    expect(api.output).not.toMatch(stackTrace);
  });
});

describe('the log', () => {
  /** Production, and so JSON, needs a server. */
  const environment = usesServer
    ? { NODE_ENV: 'production', BCRYPT_COST: '10', JWT_SECRET: 'not to be seen in any log: 0123456789' }
    : {};

  it('names the request, and holds no password, token or cookie', async () => {
    const api = await start({ ...environment, LOG_LEVEL: 'verbose' });
    await post(api, '/authentication/register', ada);
    const loggedIn = await post(api, '/authentication/log-in', credentials);
    const cookies = loggedIn.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    const refreshed = await post(api, '/authentication/refresh', {}, { Cookie: cookies.join('; ') });
    const secrets = [...cookies, ...refreshed.headers.getSetCookie()].map(
      (cookie) => /=([^;]+)/.exec(cookie)?.[1] ?? '',
    );
    await post(api, `/authentication/log-in?token=${secrets[0] ?? ''}`, { ...credentials, password: `${password}!` });
    expect(await api.end('SIGTERM')).toBe(0);

    expect(secrets.filter((secret) => secret.length > 40)).toHaveLength(4);
    expect(secrets.filter((secret) => api.output.includes(secret))).toEqual([]);
    expect(api.output).not.toContain(password);
    expect(api.output).not.toContain('not to be seen');
    const id = loggedIn.headers.get('x-request-id') ?? '';
    const lines = api.output.split('\n').filter((line) => line.includes(id.slice(0, 8)));
    expect(lines.filter((line) => line.includes('POST /authentication/log-in 200'))).toHaveLength(1);
  });

  if (usesServer)
    it('is one JSON object a line in production, with the id of the request', async () => {
      const api = await start(environment);
      const { headers } = await fetch(`${api.url}/posts/1`);
      expect(await api.end('SIGTERM')).toBe(0);
      const lines = api.output
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(lines.length).toBeGreaterThan(5);
      const requests = lines.filter(({ requestId }) => requestId === headers.get('x-request-id'));
      expect(requests).toEqual([
        expect.objectContaining({ level: 'log', message: expect.stringMatching(/^GET \/posts\/1 404 [\d.]+ ms$/) }),
      ]);
    });
});

describeOnServer('a PostgreSQL server', () => {
  it('is waited for, in words without its password, and then used', async () => {
    const target = new URL(database.environment.DATABASE_URL ?? '');
    target.password = 'hunter2';
    const proxy = new Proxy(target.href);
    await proxy.open();
    await proxy.close();
    const api = await launch({ ...database.environment, DATABASE_URL: proxy.url });
    const { host, pathname } = new URL(proxy.url);
    await api.prints(`Waiting for PostgreSQL at ${host}${pathname} (connect ECONNREFUSED`);
    await expect(fetch(api.url)).rejects.toThrow('fetch failed');
    await proxy.open();
    await api.isServing();
    expect((await fetch(`${api.url}/posts`)).status).toBe(200);
    expect(api.output).not.toContain('hunter2');
    expect(await api.end('SIGTERM')).toBe(0);
    await proxy.close();
  });

  it('that has no such database is refused at once, in words without the password', async () => {
    const url = new URL(database.environment.DATABASE_URL ?? '');
    url.pathname = '/there_is_no_such_test';
    url.password = 'hunter2';
    const api = await launch({ ...database.environment, DATABASE_URL: url.href });
    expect(await api.end()).toBe(1);
    expect(api.output).toContain('cannot be used: database "there_is_no_such_test" does not exist');
    expect(api.output).not.toContain('hunter2');
    expect(api.output).not.toMatch(stackTrace);
  });
});
