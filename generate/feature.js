import { fieldTypes } from './field-types.js';
import { InputError } from './input-error.js';
import { isReserved, kebabCase, namesOf } from './names.js';
import pluralize from 'pluralize';

/** @import { FieldType } from './field-types.js' */
/** @import { Names } from './names.js' */

/**
 * @typedef {object} Field
 * @property {string} name as in JSON and in the table: `postId` for `post:reference`
 * @property {string} typeName
 * @property {FieldType} type
 * @property {boolean} isOptional
 * @property {boolean} isNullable an optional text is empty instead
 * @property {Names} [target] of a reference
 * @property {string} relation of a reference: `post`
 */

/** @typedef {Names & { fields: Field[] }} Feature */

/** What every feature has, what a list takes in its query, and what means the user. */
const reserved = new Set(
  `id author authorId createdAt updatedAt version jsonBytes searchVector limit offset cursor search sort count found user userId creator
  creatorId await arguments eval constructor prototype hasOwnProperty toString valueOf`.split(/\s+/),
);

/** PostgreSQL cuts longer names. */
const maxIdentifierLength = 63;

export const usage = [
  'npm run generate -- NAME field:type field?:type ...',
  'NAME is the plural in lower case, as in comments or blog-posts. A question mark makes a field optional. Types:',
  ...Object.entries(fieldTypes).map(([name, { description }]) => `  ${name.padEnd(10)} ${description}`),
  'For example: npm run generate -- comments post:reference text:text',
].join('\n');

/** @param {string[]} args @returns {Feature} @throws {InputError} */
export function parseFeature([plural, ...definitions]) {
  if (plural === undefined) throw new InputError(usage);
  const names = namesOf(plural);
  if (definitions.length === 0) throw new InputError(`${plural} needs at least one field, as in text:text.\n${usage}`);
  const fields = definitions.map(parseField);
  const properties = fields.flatMap(({ name, relation }) => [...new Set([name, relation])]);
  for (const { name } of fields) {
    if (properties.indexOf(name) !== properties.lastIndexOf(name))
      throw new InputError(`${name} is there twice. Leave one of them out.`);
    if (`${names.table}_${name}_id_idx`.length > maxIdentifierLength)
      throw new InputError(
        `${plural} and ${name} make a longer name of an index than PostgreSQL has. Shorten one of them.`,
      );
  }
  return { ...names, fields };
}

/** @param {string} definition `title:string`, `title?:string` @returns {Field} */
function parseField(definition) {
  const [, given = '', mark, typeName = ''] = /^([^:?]*)(\?)?:(.*)$/.exec(definition) ?? [];
  const type = Object.hasOwn(fieldTypes, typeName) ? fieldTypes[typeName] : undefined;
  if (given === '') throw new InputError(`${definition}: write a field as name:type or name?:type.\n${usage}`);
  if (!/^[a-z][a-zA-Z0-9]*$/.test(given)) throw new InputError(`${given}: name a field in camel case, as in startsAt.`);
  if (type === undefined)
    throw new InputError(
      `${definition}: ${typeName || 'an empty type'} is not a type. Use ${Object.keys(fieldTypes).join(', ')}.`,
    );
  const isReference = typeName === 'reference';
  const name = isReference ? `${given}Id` : given;
  if (reserved.has(name) || reserved.has(given) || isReserved(given))
    throw new InputError(`${given}: this name has a meaning already, in every feature. Choose another one.`);
  return {
    name,
    typeName,
    type,
    isOptional: mark !== undefined,
    isNullable: mark !== undefined && typeName !== 'text',
    ...(isReference && { target: namesOf(pluralize.plural(kebabCase(given))) }),
    relation: given,
  };
}

/** The fields that full-text search reads, the short ones first: their words weigh more. @param {Feature} feature */
export const searchedFields = ({ fields }) =>
  ['string', 'text'].flatMap((searched) => fields.filter(({ typeName }) => typeName === searched));

/** The fields whose bytes limit a page. None where all of them are short. @param {Feature} feature */
export function measuredFields({ fields }) {
  const texts = fields.filter(({ typeName }) => typeName === 'text');
  return texts.length === 0 ? [] : fields.filter(({ type, isNullable }) => type.sql === 'text' && !isNullable);
}

/** The fields that a list can be ordered by: those that have a value in each row. @param {Feature} feature */
export const sortableFields = ({ fields }) =>
  fields.filter(({ type, isNullable }) => type.cast !== undefined && !isNullable);

/** @param {Feature} feature */
export const references = ({ fields }) => fields.filter((field) => field.target !== undefined);

/** With their alias, and quotes where SQL needs them. @param {Feature} feature @param {string} name */
export const columnOf = ({ alias }, name) => `${alias}.${/^[a-z0-9]+$/.test(name) ? name : `"${name}"`}`;
