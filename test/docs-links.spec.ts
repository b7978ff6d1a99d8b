import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import dependencyRules from '../.dependency-cruiser.js';
import { after, codesIn, tableIn } from './support/markdown.js';

const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'bench/README.md',
  ...inDocs.map((name) => `docs/${name}`),
];

const read = (path: string) => readFileSync(path, 'utf8');

/** Without blocks of code, whose lines may look like headings. */
const proseOf = (page: string) => read(page).replace(/^```.*?^```$/gms, '');

/** The targets of links and images, as they are written. */
const linksOf = (page: string) => [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

const relativeLinksOf = (page: string) => linksOf(page).filter((target) => !/^https?:/.test(target));

/** The file that a link leads to, and the anchor in it. */
function resolve(page: string, target: string): { file: string; anchor: string } {
  const [path = '', anchor = ''] = target.split('#');
  return { file: path === '' ? page : join(dirname(page), path), anchor };
}

/** As GitHub makes them: https://docs.github.com/en/get-started/writing-on-github (section links) */
const anchorsOf = (page: string) =>
  [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

const isThere = (page: string, target: string) => {
  const { file, anchor } = resolve(page, target);
  return existsSync(file) && (anchor === '' || anchorsOf(file).includes(anchor));
};

/** What is wrong on each page. */
const onEachPage = (find: (page: string) => string[]) =>
  pages.flatMap((page) => find(page).map((found) => `${page}: ${found}`));

describe('the documentation', () => {
  it('has no link that leads nowhere', () => {
    expect(pages.flatMap(relativeLinksOf).length).toBeGreaterThan(50);
    expect(onEachPage((page) => relativeLinksOf(page).filter((target) => !isThere(page, target)))).toEqual([]);
  });

  it('names files that exist', () => {
    const isPath = (code: string) => /^(src|test|docs|deploy|frontend|bench)\/[\w./-]*$/.test(code);
    const isMissing = (path: string) => !existsSync(path) && !path.includes('/dist');
    expect(onEachPage((page) => codesIn(proseOf(page)).filter((code) => isPath(code) && isMissing(code)))).toEqual([]);
  });

  it('names scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = (page: string) => [...read(page).matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
    expect(onEachPage((page) => named(page).filter((script) => !(script in scripts)))).toEqual([]);
  });

  it('can be reached from its index, every page', () => {
    const index = 'docs/README.md';
    const linked = relativeLinksOf(index).map((target) => resolve(index, target).file);
    const isLinked = (page: string) => linked.includes(page) || linked.includes(dirname(page));
    expect(pages.filter((page) => page.startsWith('docs/') && page !== index && !isLinked(page))).toEqual([]);
  });

  it('begins with a README of less than 200 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(200);
  });

  it('describes every folder of src/, in the order in which they may import each other', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const described = tableIn(after('## Folders', read('docs/ARCHITECTURE.md'))).flatMap(([cell = '']) =>
      codesIn(cell),
    );
    expect([...described].sort()).toEqual(folders.map(({ name }) => `${name}/`).sort());
    const [, ...floors] = described; // the first one may import all others, and has no rule
    const { forbidden = [] } = dependencyRules;
    const rules = forbidden.flatMap(({ name = '' }) => /^(.*)-knows-no-folder-above-it$/.exec(name)?.[1] ?? []);
    expect(floors).toEqual(rules.map((folder) => `${folder}/`));
  });

  it('names, for what it says about security, tests that exist', () => {
    const rows = tableIn(after('## OWASP ASVS', read('docs/SECURITY.md')));
    expect(rows.length).toBeGreaterThan(30);
    const proofs = rows.flatMap(([, , cell = '']) => cell.split('; ')).map(toProof);
    const missing = proofs.flatMap(({ file, titles }) =>
      titles.filter((title) => !titlesIn(file).includes(title)).map((title) => `${file}: ${title}`),
    );
    expect(missing).toEqual([]);
  });
});

/** A cell has files and titles: `test/health.e2e.spec.ts`: "is not cached"; ... */
function toProof(text: string): { file: string; titles: string[] } {
  const [file = ''] = codesIn(text);
  return { file, titles: [...text.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title) };
}

/** The text of a test file, without the backslashes before quotes. */
const titlesIn = (file: string) => read(file).replaceAll("\\'", "'");
