import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const directory = mkdtempSync(join(tmpdir(), 'package-'));
const bin = (name: string) => join(root, '../node_modules/.bin', name);
const run = (command: string, args: string[], cwd = directory) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
let tarball = '';

beforeAll(() => {
  run('npm', ['pack', '--pack-destination', directory], root);
  tarball = join(directory, readdirSync(directory).find((name) => name.endsWith('.tgz')) ?? '');
  writeFileSync(join(directory, 'package.json'), '{ "type": "module", "private": true }');
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball]);
});

afterAll(() => rmSync(directory, { recursive: true }));

test('an empty folder gets the library, and tldts alone with it', () => {
  const installed = readdirSync(join(directory, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(installed.sort()).toEqual(['browser-verdict', 'tldts', 'tldts-core']);
  const script = `
    import { judge, BrowserSession, fetchRequest } from 'browser-verdict';
    import { openPage } from 'browser-verdict/page';
    import { examine } from 'browser-verdict/doctor';
    const verdict = judge(new BrowserSession('safari'), { origin: 'https://a.example.com' }, fetchRequest('https://b.example.com'), () => ({ status: 200, headers: [] }));
    console.log(verdict.reason.code, typeof openPage, typeof examine);`;
  expect(run(process.execPath, ['--input-type=module', '--eval', script]).trim()).toBe(
    'MissingAllowOriginHeader function function',
  );
});

test('npx browser-verdict runs', () => {
  expect(run('npx', ['--no-install', 'browser-verdict', '--help'])).toContain('Usage: browser-verdict doctor');
});

test('its types can be used', () => {
  writeFileSync(
    join(directory, 'use.ts'),
    `import { judge, type Verdict } from 'browser-verdict';\nimport { openPage } from 'browser-verdict/page';\nexport const verdicts: Verdict[] = openPage('https://a.example.com').verdicts;\nexport const f: typeof judge = judge;\n`,
  );
  const types = join(root, '../node_modules/@types');
  run(process.execPath, [
    join(root, '../node_modules/typescript/bin/tsc'),
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--typeRoots',
    types,
    '--types',
    'node',
    'use.ts',
  ]);
});

test('publint and Are the types wrong? find nothing', () => {
  expect(run(bin('publint'), ['run', tarball, '--strict'])).toMatch(/All good/);
  // The package is ESM alone, which Node.js 20.19 and later can require.
  expect(() => run(bin('attw'), [tarball, '--profile', 'esm-only'])).not.toThrow();
});
