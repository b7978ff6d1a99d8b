import { maxStringLength, maxTextLength, withSeparators } from './limits.js';

/**
 * How a type of field is stored, validated and tested.
 *
 * @typedef {object} FieldType
 * @property {string} sql the type of its column, as PostgreSQL names it
 * @property {string} column the first argument of `@Column`
 * @property {string} [precision] of a time
 * @property {string} property the type in TypeScript
 * @property {string} input the schema that validates it
 * @property {string} output the schema of the response
 * @property {string} [cast] the type of its values in a cursor, where lists can be ordered by it
 * @property {[string, string]} samples two different values, as they are sent
 * @property {string} invalid a value that is refused, as it is sent
 * @property {string} description for the message about an unknown type
 */

const integerMessage = '`must be a whole number from -${maxInt4} to ${maxInt4}`';

/** @type {Record<string, FieldType>} */
export const fieldTypes = {
  text: {
    sql: 'text',
    column: 'text',
    property: 'string',
    input: `multiLine(${withSeparators(maxTextLength)})`,
    output: 'z.string()',
    samples: [`'The first text'`, `'Another one'`],
    invalid: `'a'.repeat(${withSeparators(maxTextLength + 1)})`,
    description: 'lines of text',
  },
  string: {
    sql: 'text',
    column: 'text',
    property: 'string',
    input: `singleLine(${maxStringLength})`,
    output: 'z.string()',
    cast: 'text',
    samples: [`'The first line'`, `'Another line'`],
    invalid: `'a'.repeat(${maxStringLength + 1})`,
    description: 'one line of text',
  },
  integer: {
    sql: 'integer',
    column: 'int',
    property: 'number',
    input: `z.int('must be a whole number').min(-maxInt4, ${integerMessage}).max(maxInt4, ${integerMessage})`,
    output: 'z.int()',
    cast: 'int',
    samples: ['2', '-1'],
    invalid: '0.5',
    description: 'a whole number; for money, in the minor unit of the currency',
  },
  number: {
    sql: 'double precision',
    column: 'float8',
    property: 'number',
    input: `z.number('must be a number')`,
    output: 'z.number()',
    cast: 'float8',
    samples: ['2.5', '-0.25'],
    invalid: `'2.5'`,
    description: 'a number with a fraction; not for money',
  },
  boolean: {
    sql: 'boolean',
    column: 'boolean',
    property: 'boolean',
    input: `z.boolean('must be true or false')`,
    output: 'z.boolean()',
    samples: ['true', 'false'],
    invalid: `'yes'`,
    description: 'true or false',
  },
  date: {
    sql: 'date',
    column: 'date',
    property: 'string',
    input: `z.iso.date('must be a date, as in 2026-01-31').refine((date) => date > '0001', 'must be after the year 0')`,
    output: 'z.iso.date()',
    cast: 'date',
    samples: [`'2026-02-28'`, `'2024-02-29'`],
    invalid: `'2026-02-29'`,
    description: 'a day without a time',
  },
  timestamp: {
    sql: 'TIMESTAMP(3) WITH TIME ZONE',
    column: 'timestamptz',
    precision: '3',
    property: 'Date',
    input: 'timestamp',
    output: 'timestamp',
    cast: 'timestamptz',
    samples: [`'2026-02-28T12:00:00.000Z'`, `'2024-02-29T23:59:59.999Z'`],
    invalid: `'yesterday'`,
    description: 'a time, in UTC',
  },
  reference: {
    sql: 'integer',
    column: 'int',
    property: 'number',
    input: `z.int('must be an id').min(1, 'must be an id').max(maxInt4, 'must be an id')`,
    output: 'z.int()',
    samples: ['2147483647', '2147483647'],
    invalid: '0',
    description: 'the id of an item of another feature: post:reference makes postId',
  },
};
