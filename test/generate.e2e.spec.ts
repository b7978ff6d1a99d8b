import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseFeature } from '../generate/feature.js';
import { Repository } from '../generate/repository.js';

/** A copy of the repository, with its uncommitted files and without its history. */
const copy = mkdtempSync(join(tmpdir(), 'generate-'));

/** Runs in the copy, without the settings of this test run. @throws Error with the output of a command that fails */
async function run(command: string, ...args: string[]): Promise<string> {
  const own = Object.entries(process.env).filter(([name]) => !/^(TEST_|DATABASE_URL|DATA_DIR)/.test(name));
  try {
    const { stdout } = await promisify(execFile)(command, args, { cwd: copy, env: Object.fromEntries(own) });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
  }
}

const runPackage = (name: string, ...args: string[]) => run(process.execPath, join('node_modules', name), ...args);

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

const read = (path: string) => readFileSync(join(copy, path), 'utf8');

const files = () =>
  ['src', 'test', 'docs'].flatMap((folder) => readdirSync(join(copy, folder), { recursive: true, encoding: 'utf8' }));

/** Each package leads to the one here, and a workspace to the one in the copy. */
async function linkPackages(folder: string): Promise<void> {
  await mkdir(join(copy, folder), { recursive: true });
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const isWorkspace = existsSync(join(copy, name, 'package.json'));
    await symlink(isWorkspace ? join(copy, name) : join(process.cwd(), folder, name), join(copy, folder, name));
  }
}

beforeAll(async () => {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '--cached', '--others', '--exclude-standard']);
  for (const path of stdout.trim().split('\n').filter(existsSync)) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await cp(path, join(copy, path));
  }
  await linkPackages('node_modules');
  await linkPackages('frontend/node_modules');
});
afterAll(() => rm(copy, { recursive: true, force: true }));

/** The new and changed files, as the generator prints them. */
let generated: string[];

describe('npm run generate', () => {
  it('writes nothing when something is wrong', async () => {
    const before = files();
    for (const args of [['posts', 'title:string'], ['comments', 'article:reference'], []])
      await expect(run(process.execPath, 'generate/main.js', ...args)).rejects.toThrow();
    expect(files()).toEqual(before);
    expect(read('src/app.module.ts')).toBe(readFileSync('src/app.module.ts', 'utf8'));
  });

  it('makes features, one of which refers to another, and the types of the frontend', async () => {
    const first = await run(process.execPath, 'generate/main.js', 'comments', 'post:reference', 'text:text');
    const references = ['comment:reference', 'product?:reference'];
    const texts = ['title:string', 'label?:string', 'note?:text'];
    const numbers = ['amount:integer', 'rank?:integer', 'ratio:number', 'isOpen:boolean'];
    const times = ['day:date', 'startsAt:timestamp', 'endsAt?:timestamp'];
    const second = await run('npm', 'run', 'generate', '--', 'orders', ...references, ...texts, ...numbers, ...times);
    generated = [...new Set(`${first}\n${second}`.split('\n'))].filter((line) => existsSync(join(copy, line)) && line);
    const created = generated.filter((path) => !existsSync(path));
    expect(created.filter((path) => path.includes('comment'))).toEqual([
      'src/comments/comment.entity.ts',
      'src/comments/comment.schema.ts',
      'src/comments/comments.query.ts',
      'src/comments/comments.service.ts',
      'src/comments/comments.controller.ts',
      'src/comments/comments.module.ts',
      expect.stringMatching(/^src\/database\/migrations\/\d{13}-create-comments\.ts$/),
      'test/comments.e2e.spec.ts',
      'test/postman/folders/comments.js',
    ]);
    expect(created).toHaveLength(18);
    for (const path of ['/comments/{id}', '/orders/{id}'])
      expect(read('frontend/src/api/schema.d.ts')).toContain(`"${path}"`);
  });

  it('adds few lines to what the Postman collection is made of, and makes it anew', () => {
    const isSmall = (path: string) => read(path).split('\n').length <= 40;
    expect(['comments', 'orders'].map((name) => `test/postman/folders/${name}.js`).filter(isSmall)).toHaveLength(2);
    const names = read('test/postman/cross-origin-api.postman_collection.json').matchAll(/"name": "(.*)"/g);
    const expected = ['comment without a session', 'comment of another user', 'order with an unknown comment'];
    expect([...names].map(([, name]) => name)).toEqual(
      expect.arrayContaining(expected.map((what) => expect.stringMatching(`^Update an? ${what}$`))),
    );
  });

  it('writes what the formatter accepts', async () => {
    await runPackage('prettier/bin/prettier.cjs', '--check', ...generated);
  });

  it('writes what the compiler accepts', async () => {
    await runPackage('typescript/bin/tsc', '--noEmit');
    await runPackage('typescript/bin/tsc', '--project', 'test/postman');
  });

  it('writes what the linter accepts', async () => {
    await runPackage('eslint/bin/eslint.js', ...generated.filter((path) => /\.(ts|js)$/.test(path)));
  });

  it('writes what the rules of dependencies accept', async () => {
    await runPackage('dependency-cruiser/bin/dependency-cruise.mjs', 'src');
  });

  it('writes tests that pass, and lists the features where tests compare lists', async () => {
    const tests = ['comments', 'orders', 'public-routes', 'wire-reference', 'docs-links', 'postman'].map(
      (name) => `test/${name}`,
    );
    await run(process.execPath, ...jest, '-w', '1', ...tests);
  });
});

describe('npm run migration:generate', () => {
  const generate = () => run('npm', 'run', 'migration:generate');

  it('finds nothing to do after a feature was generated, without a database', async () => {
    await expect(generate()).rejects.toThrow('No changes in database schema were found');
    expect(existsSync(join(copy, 'data'))).toBe(false);
  });

  it('drafts the change of an entity, and nothing else', async () => {
    const path = 'src/comments/comment.entity.ts';
    const property = `@Column('text', { nullable: true })\n  mood: string | null;\n\n  @Column('text')\n  text: string;`;
    await writeFile(join(copy, path), read(path).replace(`@Column('text')\n  text: string;`, property));
    const before = files();
    await generate();
    const [draft = '', ...others] = files().filter((file) => !before.includes(file));
    expect(others).toEqual([]);
    const statements = [...read(join('src', draft)).matchAll(/query\(`\s*([^`]*?)\s*`/g)];
    expect(statements.map(([, sql = '']) => sql.replaceAll(/\s+/g, ' '))).toEqual([
      'ALTER TABLE "comments" ADD "mood" text',
      'ALTER TABLE "comments" DROP COLUMN "mood"',
    ]);
  });
});

describe('the input of the generator', () => {
  it.each([
    ['', /^npm run generate -- NAME field:type/],
    ['comments', /^comments needs at least one field/],
    ['comment text:text', /name the feature in the plural, as in comments\.$/],
    ['Comments text:text', /in lower case with hyphens/],
    ['blogPosts text:text', /in lower case with hyphens/],
    ['../comments text:text', /in lower case with hyphens/],
    ['equipment text:text', /in the plural, with a noun that has one\.$/],
    ['classes text:text', /Class has a meaning in the code already/],
    ['dates text:text', /Date has a meaning in the code already/],
    ['comments text', /^text: write a field as name:type/],
    ['comments text:longtext', /^text:longtext: longtext is not a type\. Use text, string, /],
    ['comments text:toString', /toString is not a type/],
    ['comments Text:text', /^Text: name a field in camel case/],
    ['comments id:integer', /^id: this name has a meaning already/],
    ['comments createdAt:timestamp', /^createdAt: this name has a meaning already/],
    ['comments version?:integer', /^version: this name has a meaning already/],
    ['comments author:reference', /^author: this name has a meaning already/],
    ['comments class:string', /^class: this name has a meaning already/],
    ['comments text:text text:string', /^text is there twice/],
    ['comments post:reference postId:integer', /^postId is there twice/],
    ['comments post:string post:reference', /^post is there twice/],
    [`comments ${'a'.repeat(60)}:string`, /make a longer name of an index than PostgreSQL has/],
  ])('is refused when it is %j', (line, message) => {
    expect(() => parseFeature(line.split(' ').filter((word) => word !== ''))).toThrow(message);
  });

  it.each([
    ['posts title:string', /^posts: this name is in use already/],
    ['sessions title:string', /^sessions: this name is in use already/],
    ['authors title:string', /^authors: this name is in use already/],
    ['docs title:string', /^docs: this name is in use already/],
    [
      'comments article:reference',
      /^article:reference needs a feature articles\. There are categories, posts, products\.$/,
    ],
    ['comments session:reference', /^session:reference needs a feature sessions/],
  ])('is refused in this repository when it is %j', (line, message) => {
    expect(() => new Repository('.').assertFits(parseFeature(line.split(' ')))).toThrow(message);
  });
});
