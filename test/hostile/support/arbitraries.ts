import fc from 'fast-check';
import { password } from '../../support/users.js';

/** What the OpenAPI document of this API uses of JSON Schema. */
export interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
}

const hostileTexts = [
  ...['', ' ', '\0', '\u0000a', '\ud800', '\udfff\ud800', 'İ', '\u202eabc', '\ufeff', '\u2028', 'e\u0301'.repeat(50)],
  ...[
    `' OR 1=1--`,
    '"; DROP TABLE users; --',
    '$1',
    '%',
    '\\',
    '%s%n%x',
    '${7*7}',
    '{{7*7}}',
    '<script>alert(1)</script>',
  ],
  ...['../../etc/passwd', '..%2f', '/posts', '//evil.example', 'http://[', 'file:///etc/passwd', 'javascript:alert(1)'],
  ...['null', 'undefined', 'true', 'NaN', 'Infinity', '-0', '01', '1.0', '1e3', '0x10', '1e309', '９', '１'],
  ...['2147483647', '2147483648', '-1', '0', '9007199254740993', '99999999999999999999', '18446744073709551616'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a\r\nSet-Cookie: a=b', 'a\nb', '\t', '\u001b[31m'],
  ...['x'.repeat(73), 'x'.repeat(255), 'x'.repeat(5_000), '🦜'.repeat(300), '-'.repeat(300), `${'a'.repeat(250)}@b.co`],
  ...['-zzz', '"', '"open', 'a or', '- - -', '!', '&|', ':*', '(', 'a & !b', '*', 'http://localhost:5173/', 'HTTP://X'],
];

const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;

/** Values that no schema asks for, and some that it does. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -0,
    -1,
    1.5,
    1e308,
    -1e308,
    2 ** 31,
    2 ** 53,
    2 ** 63,
    Number.MIN_VALUE,
  ),
  fc.constantFrom<unknown>([], {}, [[]], [null], { length: 5 }, { toString: 1 }, deep(60), deep(70), { $ne: 1 }),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.oneof(fc.integer(), fc.constantFrom(...hostileTexts)), { maxLength: 120 }),
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>,
);

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);

/** Values from the schemas of a document. */
export class Arbitraries {
  constructor(private readonly schemas: Record<string, Schema>) {}

  resolve(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : this.resolve(this.schemas[name] ?? {});
  }

  /** As the schema says, its bounds included. @param name of the property: some need what exists */
  valid(given: Schema, name = ''): fc.Arbitrary<unknown> {
    const schema = this.resolve(given);
    const known = knownValues[name];
    if (known !== undefined)
      return fc.oneof({ arbitrary: known, weight: 4 }, { arbitrary: this.bySchema(schema), weight: 1 });
    return this.bySchema(schema);
  }

  /** Nearly as the schema says: one property is missing, unknown, or has another value. */
  broken(given: Schema): fc.Arbitrary<unknown> {
    const schema = this.resolve(given);
    const names = Object.keys(schema.properties ?? {});
    const name = fc.oneof(fc.constantFrom(...(names.length > 0 ? names : ['id'])), hostileText);
    return fc.tuple(this.valid(schema), name, hostileValue, fc.boolean()).map(([value, key, hostile, removes]) => {
      const entries = Object.entries(value ?? {}).filter(([each]) => each !== key);
      return Object.fromEntries(removes ? entries : [...entries, [key, hostile]]);
    });
  }

  private bySchema(schema: Schema): fc.Arbitrary<unknown> {
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => this.valid(each)));
    if (schema.allOf !== undefined) return this.valid(schema.allOf[0] ?? {});
    switch (schema.type) {
      case 'string':
        return text(schema);
      case 'integer':
        return integer(schema);
      case 'number':
        return fc.double({ noNaN: true, min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6 });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(this.valid(schema.items ?? {}), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 5, 5),
        });
      case 'object':
        return this.object(schema);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }

  private object({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
    const model = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, this.valid(each, name)]));
    return Object.keys(model).length === 0
      ? fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
      : fc.record(model, { requiredKeys: required.filter((name) => name in model) });
  }
}

/**
 * By the name of a property or a parameter: what makes a request succeed, more often than chance would. What stands between
 * « and » is known when the request is sent: `client.ts` puts it in.
 */
const knownValues: Record<string, fc.Arbitrary<unknown>> = {
  email: fc.constantFrom('«email»', '«email»', '«new»@example.com'),
  password: fc.constant(password),
  currentPassword: fc.constant(password),
  newPassword: fc.constant(password),
  categoryIds: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
  origin: fc.constant('«origin»'),
  sku: fc.constant('sku-«new»'),
  cursor: fc.constant('AAAA'),
  currency: fc.constantFrom('EUR', 'USD'),
};

function text({ minLength = 0, maxLength = 300, pattern, format }: Schema): fc.Arbitrary<string> {
  if (format === 'email') return fc.emailAddress();
  if (format === 'uuid') return fc.oneof(fc.uuid({ version: 4 }), fc.constant('«session»'));
  if (pattern !== undefined)
    return fc.stringMatching(new RegExp(pattern, 'u')).map((value) => value.slice(0, maxLength));
  const bounds = [minLength, minLength + 1, maxLength].map((length) => 'y'.repeat(Math.min(length, 2_000)));
  const letters = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
  return fc.oneof({ arbitrary: letters, weight: 3 }, { arbitrary: fc.constantFrom(...bounds), weight: 1 });
}

function integer({ minimum = -1_000, maximum = Number.MAX_SAFE_INTEGER }: Schema): fc.Arbitrary<number> {
  const small = fc.integer({ min: minimum, max: Math.min(maximum, minimum + 20) });
  return fc.oneof({ arbitrary: small, weight: 3 }, { arbitrary: fc.constantFrom(minimum, maximum), weight: 1 });
}
