import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { after, codesIn } from './support/markdown.js';

const read = (path: string) => readFileSync(path, 'utf8');

const [section = ''] = after('## The way of a request', read('docs/ARCHITECTURE.md')).split('Two examples');
const names = codesIn(section).filter((code) => /^\w{8,}$/.test(code));

/** In the order of their first use, without those that are not there. */
function usedIn(path: string): string[] {
  const code = read(path).replaceAll(/^import .*$/gm, '');
  const found = names.map((name) => ({ name, index: code.search(new RegExp(`\\b${name}\\b`)) }));
  return found
    .filter(({ index }) => index >= 0)
    .toSorted((a, b) => a.index - b.index)
    .map(({ name }) => name);
}

it.each([
  ['src/main.ts', 2],
  ['src/app.setup.ts', 12],
  ['src/app.module.ts', 7],
])('docs/ARCHITECTURE.md has the way of a request in the order of %s', (path, atLeast) => {
  const used = usedIn(path);
  expect(used.length).toBeGreaterThanOrEqual(atLeast);
  expect(used).toEqual([...new Set(names)].filter((name) => used.includes(name)));
});

it('docs/ARCHITECTURE.md names what is in the source', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const source = files.map((file) => read(`src/${file}`)).join('\n');
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(source))).toEqual([]);
});
