import pluralize from 'pluralize';
import ts from 'typescript';
import { InputError } from './input-error.js';

/**
 * One name in all its forms, here those of `blog-posts`.
 *
 * @typedef {object} Names
 * @property {string} plural `blog-posts`: the folder, and the path
 * @property {string} singular `blog-post`: the files
 * @property {string} className `BlogPost`
 * @property {string} pluralClassName `BlogPosts`
 * @property {string} variable `blogPost`
 * @property {string} pluralVariable `blogPosts`
 * @property {string} table `blog_posts`
 * @property {string} alias `blog_post`: of the table in SQL, with quotes where SQL needs them
 * @property {string} words `blog post`
 * @property {string} pluralWords `blog posts`
 * @property {string} withArticle `a blog post`
 * @property {string} title `Blog posts`
 */

/** PostgreSQL needs quotes around these. SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T') */
const sqlWords = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
  concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
  full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right
  select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using
  variadic verbose when where window with`.split(/\s+/),
);

/** Classes that the generated files use or import under these names. */
const usedClasses = new Set(
  `Body Column Controller Date Delete Entity EntityManager EntityTags Filters Get HttpStatus IdParams IdempotentRequest Index
  Injectable Location Manager Module NextLink Number Object Page PaginatedQuery Param Patch Precondition Promise Public Query
  Relation Repository Request SortableColumns String Tagged User`.split(/\s+/),
);

/** @param {string} plural in kebab case @returns {Names} @throws {InputError} */
export function namesOf(plural) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(plural))
    throw new InputError(`${plural}: name the feature in lower case with hyphens, as in blog-posts.`);
  const singular = pluralize.singular(plural);
  if (singular === plural || pluralize.plural(singular) !== plural) {
    const suggestion = pluralize.plural(singular);
    throw new InputError(
      `${plural}: name the feature in the plural, ${suggestion === singular ? 'with a noun that has one' : `as in ${suggestion}`}.`,
    );
  }
  const [className, variable] = [pascalCase(singular), camelCase(singular)];
  if (usedClasses.has(className) || isReserved(variable))
    throw new InputError(`${plural}: ${className} has a meaning in the code already. Choose another name.`);
  const table = plural.replaceAll('-', '_');
  const alias = singular.replaceAll('-', '_');
  const [words, pluralWords] = [singular.replaceAll('-', ' '), plural.replaceAll('-', ' ')];
  return {
    plural,
    singular,
    className,
    pluralClassName: pascalCase(plural),
    variable,
    pluralVariable: camelCase(plural),
    table,
    alias: sqlWords.has(alias) ? `"${alias}"` : alias,
    words,
    pluralWords,
    withArticle: `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`,
    title: capitalize(pluralWords),
  };
}

/** @param {string} text `blogPost` @returns {string} `blog-post` */
export const kebabCase = (text) => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** @param {string} text */
export const capitalize = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string} text */
const camelCase = (text) => text.replace(/-(\w)/g, (_, letter) => String(letter).toUpperCase());

/** @param {string} text */
const pascalCase = (text) => capitalize(camelCase(text));

/** Whether it is a keyword of TypeScript. @param {string} word */
export function isReserved(word) {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, word);
  const kind = scanner.scan();
  return kind >= ts.SyntaxKind.FirstReservedWord && kind <= ts.SyntaxKind.LastFutureReservedWord;
}
