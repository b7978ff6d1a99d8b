import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ProblemException } from '../problems/problem.exception.js';
import { integerParam, isStorable, multiLine, requestBody, singleLine } from './field.schemas.js';
import { SchemaValidationPipe } from './schema-validation.pipe.js';

const issueOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe('text that PostgreSQL can store', () => {
  it.each(['', 'a', '🦜', 'שלום', '\u{10FFFF}', '\uFFFE', '\u0001', '\uD83E\uDD9C'])('includes %j', (value) => {
    expect(isStorable(value)).toBe(true);
  });

  it.each(['\0', 'a\0b', '\uD83E', '\uDD9C', '\uDD9C\uD83E', 'a\uD800'])('excludes %j', (value) => {
    expect(isStorable(value)).toBe(false);
  });
});

describe('a line', () => {
  it('is trimmed before it is measured', () => {
    expect(singleLine(3).parse(' \u00A0abc\n')).toBe('abc');
    expect(singleLine(3).parse('🦜a')).toBe('🦜a');
    expect(singleLine(3).parse('🦜🦜🦜')).toBe('🦜🦜🦜');
  });

  it.each([
    ['', 'must not be empty'],
    [' \t\n\u2003', 'must not be empty'],
    ['abcd', 'must not be longer than 3 characters'],
    ['🦜🦜🦜🦜', 'must not be longer than 3 characters'],
    ['a\nb', 'must be one line, without control characters'],
    ['a\u0085b', 'must be one line, without control characters'],
    ['a\u001b', 'must be one line, without control characters'],
    ['a\0b', 'must not contain NUL characters or broken Unicode'],
    [5, 'must be text'],
    [null, 'must be text'],
    [['a'], 'must be text'],
  ])('is not %j', (value, message) => {
    expect(issueOf(singleLine(3), value)).toBe(message);
  });
});

describe('text', () => {
  it.each(['', '  a\n\n', '\u0001'])('is kept as it is: %j', (value) => {
    expect(multiLine(10).parse(value)).toBe(value);
  });
});

describe('a whole number in a query', () => {
  it.each([
    ['1', 1],
    ['007', 7],
    ['2147483647', 2_147_483_647],
    [5, 5],
  ])('is read from %j', (value, expected) => {
    expect(integerParam(1).parse(value)).toBe(expected);
  });

  const others = ['0', '-1', '+1', '1.0', '1e1', '0x1', ' 1', '1 ', '', 'abc', '2147483648', '1'.repeat(17), '١', '１'];
  it.each([...others, ['1', '2'], { a: '1' }, null, undefined, NaN])('is not %j', (value) => {
    expect(issueOf(integerParam(1), value)).toBe('must be a whole number from 1 to 2147483647');
  });

  it('reaches as far as JavaScript counts, if it may', () => {
    expect(integerParam(0, Number.MAX_SAFE_INTEGER).parse('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(integerParam(0, Number.MAX_SAFE_INTEGER).safeParse('9007199254740992').success).toBe(false);
  });
});

describe('the pipe', () => {
  const schema = requestBody({ title: singleLine(3), price: z.strictObject({ amount: z.int('must be whole') }) });

  const refusal = async (value: unknown, by: z.ZodType = schema) => {
    const error: unknown = await new SchemaValidationPipe().transform(value, { type: 'body', schema: by }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ProblemException);
    return { ...(error as ProblemException).details, errors: (error as ProblemException).details.errors ?? [] };
  };

  it('hands on what the schema makes of the input', async () => {
    const value = { title: ' a ', price: { amount: 1 } };
    const metadata = { type: 'body', schema } as const;
    expect(await new SchemaValidationPipe().transform(value, metadata)).toEqual({ title: 'a', price: { amount: 1 } });
  });

  it('names every bad field, however deep, and every unknown one', async () => {
    expect(await refusal({ title: '', price: { amount: 'x', vat: 1 }, more: 1 })).toEqual({
      type: 'urn:problem:invalid-input',
      detail:
        'title must not be empty; price.amount must be whole; price.vat is not a known field; more is not a known field.',
      errors: [
        { path: 'title', message: 'must not be empty' },
        { path: 'price.amount', message: 'must be whole' },
        { path: 'price.vat', message: 'is not a known field' },
        { path: 'more', message: 'is not a known field' },
      ],
    });
  });

  it('names a field once, by the first thing that is wrong with it', async () => {
    const { errors } = await refusal({ n: '3000000000.5' }, z.strictObject({ n: integerParam(1) }));
    expect(errors).toEqual([{ path: 'n', message: 'must be a whole number from 1 to 2147483647' }]);
  });

  it('refuses what is not an object, in those words', async () => {
    for (const value of [null, [], 'a', 5, undefined])
      expect(await refusal(value)).toMatchObject({
        detail: 'The body must be a JSON object.',
        errors: [{ path: '', message: 'The body must be a JSON object' }],
      });
  });

  it('cuts long keys, and stops after a hundred', async () => {
    const { errors } = await refusal({ ['k'.repeat(10_000)]: 1, title: 'a', price: { amount: 1 } });
    expect(errors[0]?.path).toHaveLength(200);
    const many = await refusal(Array(1_000).fill('x'), z.array(z.int()));
    expect(many.errors).toHaveLength(100);
    expect(many.errors[0]?.path).toBe('0');
  });
});
