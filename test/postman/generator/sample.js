/** @import { JsonValue } from '../step.js' */
/** @import { Schema } from './document.js' */

/** Two different values of each format. */
const formats = new Map([
  ['date', ['2026-02-28', '2024-02-29']],
  ['date-time', ['2026-02-28T12:00:00.000Z', '2024-02-29T23:59:59.999Z']],
  ['email', ['ada@example.com', 'grace@example.com']],
  ['uuid', ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff']],
]);

/** The schema itself, where this one refers to another. @param {Schema} schema @param {Record<string, Schema>} schemas */
export const resolve = (schema, schemas) =>
  schema.$ref === undefined ? schema : (schemas[schema.$ref.replace('#/components/schemas/', '')] ?? schema);

/**
 * A value that a schema allows: its example, or one made of its type and its name.
 *
 * @param {Schema} reference
 * @param {string} name of the field
 * @param {Record<string, Schema>} schemas the components of the document
 * @param {0 | 1} variant two values, different where the schema allows it
 * @returns {JsonValue}
 * @throws Error when the schema has a pattern that no sample matches
 */
export function sampleOf(reference, name, schemas, variant = 0) {
  const schema = resolve(reference, schemas);
  const { type, example, examples = example === undefined ? [] : [example], anyOf = [], properties = {} } = schema;
  const [first] = anyOf;
  if (schema.enum !== undefined || examples.length > 0) return [...examples, ...(schema.enum ?? [])].at(variant) ?? '';
  if (first !== undefined) return sampleOf(first, name, schemas, variant);
  if (type === 'object') return mapValues(properties, (field, key) => sampleOf(field, key, schemas, variant));
  if (type === 'array') return [];
  if (type === 'boolean') return variant === 0;
  if (type === 'integer' || type === 'number') return numberOf(schema, variant);
  return textOf(schema, name, variant);
}

/** @param {Schema} schema @param {0 | 1} variant */
function numberOf({ type, minimum = -Infinity, maximum = Infinity }, variant) {
  const value = variant + (type === 'integer' ? 1 : 1.5);
  return Math.min(Math.max(value, minimum), maximum);
}

/** @param {Schema} schema @param {string} name @param {0 | 1} variant */
function textOf({ format = '', pattern = '', maxLength }, name, variant) {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const made = `${words[0]?.toUpperCase()}${words.slice(1)}${variant === 0 ? '' : ' again'}`;
  const text = (formats.get(format)?.[variant] ?? made).slice(0, maxLength);
  if (!new RegExp(pattern).test(text)) throw new Error(`Say in fields what ${name} is: it has to match ${pattern}.`);
  return text;
}

/**
 * @template Value, Result
 * @param {Record<string, Value>} object
 * @param {(value: Value, key: string) => Result} map
 * @returns {Record<string, Result>}
 */
const mapValues = (object, map) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
