import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { InputError } from './input-error.js';
import { references } from './feature.js';

/** @import { Feature } from './feature.js' */

/** What the generator reads of the repository. */
export class Repository {
  /** @param {string} root */
  constructor(root) {
    this.root = root;
  }

  /** @param {string} path */
  read(path) {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** The features that have a list, as in `posts`. */
  features() {
    const folders = readdirSync(join(this.root, 'src'));
    return folders.filter((name) => existsSync(join(this.root, 'src', name, `${name}.query.ts`)));
  }

  /** @param {Feature} feature @throws {InputError} when the feature exists, or what it refers to does not */
  assertFits(feature) {
    const { plural, className, table } = feature;
    const source = this.#source();
    const components = ['', 'Create', 'Update'].map((prefix) => prefix + className).concat(`${className}Page`);
    const isTaken =
      existsSync(join(this.root, 'src', plural)) ||
      plural === 'docs' ||
      components.some((name) => source.includes(`id: '${name}'`)) ||
      [`@Entity('${table}')`, `@Controller('${plural}')`, `class ${className} `].some((line) => source.includes(line));
    if (isTaken) throw new InputError(`${plural}: this name is in use already. Choose another one.`);
    for (const { relation, target } of references(feature))
      if (target === undefined || !this.features().includes(target.plural))
        throw new InputError(
          `${relation}:reference needs a feature ${target?.plural}. There are ${this.features().join(', ')}.`,
        );
  }

  /** The timestamp of the next migration: now, but never before the latest one. @param {number} now */
  nextMigration(now) {
    const timestamps = readdirSync(join(this.root, 'src/database/migrations')).map(
      (name) => Number.parseInt(name) || 0,
    );
    return Math.max(now, ...timestamps.map((timestamp) => timestamp + 1));
  }

  /**
   * SQL for a generated column, by the function that entities use.
   *
   * @param {string} file of `src/pagination/`
   * @param {string} name of the function
   * @param {string[]} columns
   */
  async expressionOf(file, name, columns) {
    const options = { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 } };
    const { outputText } = ts.transpileModule(this.read(`src/pagination/${file}.ts`), options);
    const functions = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
    return /** @type {string} */ (functions[name](...columns));
  }

  /** All of `src/` in one text. */
  #source() {
    const paths = readdirSync(join(this.root, 'src'), { recursive: true, encoding: 'utf8' });
    return paths
      .filter((path) => path.endsWith('.ts'))
      .map((path) => this.read(join('src', path)))
      .join('\n');
  }
}
