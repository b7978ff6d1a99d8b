import { PGlite } from '@electric-sql/pglite';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { after, tableIn } from './support/markdown.js';

const read = (file: string) => readFileSync(file, 'utf8');
const developed = read('.nvmrc').trim();
const page = read('docs/SUPPORT.md');

/** What a row of the table says is supported. */
const supported = (what: string) => tableIn(page).find(([name]) => name === what)?.[1] ?? '';

/** The versions in a list of `.ci/run`. */
const testedIn = (list: string) =>
  new RegExp(`^${list}=\\((.+)\\)`, 'm').exec(read('.ci/run'))?.[1]?.split(' ').map(parseFloat) ?? [];

describe('Node.js', () => {
  it('has one version in .nvmrc and in the image', () => {
    const images = [...read('Dockerfile').matchAll(/^FROM node:(\d+)/gm)].map(([, version]) => version);
    expect(images).toEqual([developed, developed]);
  });

  it('is tested from the oldest to the newest version that is supported', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const [, oldest = ''] = /^>=(\d+\.\d+)\./.exec(engines.node) ?? [];
    const tested = testedIn('node_versions');
    expect(tested).toContain(Number(developed));
    expect(supported('Node.js')).toBe([oldest, ...tested].join(', '));
  });
});

describe('PostgreSQL', () => {
  it('is tested in the oldest and the newest version that is supported, and is between them in the images', () => {
    const [oldest = 0, newest = 0] = testedIn('postgres_versions').map(Math.trunc);
    expect(supported('PostgreSQL')).toBe(`${String(oldest)} to ${String(newest)}`);
    const images = ['docker-compose.yml', '.github/workflows/ci.yml'].map((file) =>
      Number(/image: postgres:(\d+)/.exec(read(file))?.[1]),
    );
    for (const image of images) expect(image >= oldest && image <= newest).toBe(true);
  });

  it('is embedded in the version that is named', async () => {
    const database = new PGlite();
    const { rows } = await database.query<{ version: string }>('SELECT version()');
    await database.close();
    const [, postgres, pglite] = /^PostgreSQL (\d+)\S* \(PGlite (\d+\.\d+)/.exec(rows[0]?.version ?? '') ?? [];
    expect(supported('embedded')).toBe(`PGlite ${String(pglite)}, as PostgreSQL ${String(postgres)}`);
  });
});

it('names the browsers whose behaviour was measured', () => {
  const [table = ''] = /^\| page .*$/m.exec(read('docs/browsers.md')) ?? [];
  const versions = table
    .split('|')
    .map((cell) => cell.trim())
    .filter((name) => /^(Chromium|Firefox|WebKitGTK) \d/.test(name));
  expect(versions).toHaveLength(3);
  const text = after('## Browsers', page);
  for (const version of versions) expect(text).toContain(version);
});
