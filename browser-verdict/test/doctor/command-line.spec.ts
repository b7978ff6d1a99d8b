import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from '../deployments/express.js';
import { freePort, serve, type Running } from '../deployments/running.js';

const root = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'doctor-'));
const page = 'http://localhost:5173';
let [good, bad]: Running[] = [];

beforeAll(async () => {
  const compiler = join(root, '../node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '--project', 'tsconfig.build.json', '--outDir', directory], { cwd: root });
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  execFileSync('ln', ['-s', join(root, '../node_modules'), join(directory, 'node_modules')]);
  writeFileSync(join(directory, 'body.json'), '{"name":"ada","password":"secret-password"}');
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/' } as const;
  good = await serve(app({ cors: { origin: [page] }, cookie }));
  bad = await serve(app({ cors: { origin: `${page}/` } }));
});

afterAll(async () => {
  await Promise.all([good?.stop(), bad?.stop()]);
  rmSync(directory, { recursive: true });
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [join(directory, 'cli.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (err += String(text)));
  const [code] = await once(child, 'close');
  return { code, out, err };
}

const url = (running: Running | undefined) => `http://localhost:${String(running?.address.port)}/posts`;

test('is content with a good deployment, log-in and log-out included', async () => {
  const logIn = ['--log-in', '/log-in', '--body', join(directory, 'body.json')];
  const { code, out, err } = await run('doctor', page, url(good), ...logIn);
  expect(out).toContain('Works in Chromium, Firefox, Safari.');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^Log-out +✓ +✓ +✓$/m);
});

test('names what has to change, for people and for machines', async () => {
  const { code, out } = await run('doctor', page, url(bad));
  expect(code).toBe(1);
  expect(out).toMatch(/BLOCKED AllowOriginMismatch[\s\S]*slash at its end[\s\S]*Cure: /);
  const json = await run('doctor', page, url(bad), '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    exitCode: 1,
    browsers: { safari: 'blocked' },
    findings: expect.arrayContaining([expect.objectContaining({ code: 'AllowOriginMismatch' })]),
  });
});

test('answers 2 where nothing can be asked', async () => {
  const { code, out } = await run('doctor', page, `http://localhost:${String(await freePort())}/`);
  expect([code, out]).toEqual([2, expect.stringContaining('UNREACHABLE ConnectionRefused')]);
});

test('shows what was sent and what came, but no password and no cookie', async () => {
  const logIn = ['--log-in', '/log-in', '--body', join(directory, 'body.json')];
  const { out } = await run('doctor', page, url(good), ...logIn, '--verbose');
  expect(out).toContain('< Set-Cookie: session=…; Path=/');
  expect(out).not.toMatch(/secret-(?:password|value)/);
});

test.each([
  [[], 2, 'Usage:'],
  [['doctor'], 2, 'Usage:'],
  [['doctor', 'x', 'y'], 2, 'The page is not an origin'],
  [['doctor', page, 'http://localhost', '--nonsense'], 2, '--nonsense'],
  [['doctor', page, 'http://localhost', '--log-in', '/'], 2, '--body'],
  [['doctor', page, 'http://localhost', '--resolve', 'x'], 2, '--resolve'],
])('explains how to use it: %j', async (args, code, text) => {
  expect(await run(...args)).toMatchObject({ code, out: '', err: expect.stringContaining(text) });
});

test('prints its help', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--log-in <path>') });
});
