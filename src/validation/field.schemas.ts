import { z } from 'zod';

/** The largest id and offset: int4, https://www.postgresql.org/docs/current/datatype-numeric.html */
export const maxInt4 = 2_147_483_647;

/** PostgreSQL stores neither NUL nor half of a surrogate pair. Everything else (emoji, any script) stays as it is. */
export const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

const notStorable = 'must not contain NUL characters or broken Unicode';

/** Text without line breaks, trimmed, not empty. The length is in Unicode code points, as in JSON Schema. */
export const singleLine = (maxLength: number) =>
  z
    .string('must be text')
    .trim()
    .min(1, 'must not be empty')
    .max(maxLength, `must not be longer than ${maxLength} characters`)
    .refine(isStorable, notStorable)
    .refine((value) => !/\p{Cc}/u.test(value), 'must be one line, without control characters');

/** Text with line breaks, kept as it is. The length is in Unicode code points. */
export const multiLine = (maxLength: number) =>
  z
    .string('must be text')
    .max(maxLength, `must not be longer than ${maxLength} characters`)
    .refine(isStorable, notStorable);

/** An integer in a query or a path, where every value is a string. */
export const integerParam = (min: number, max: number = maxInt4, alternative?: string) => {
  const message = `must be a whole number from ${min} to ${max}${alternative === undefined ? '' : `; ${alternative}`}`;
  return z.preprocess(parseDigits, z.int(message).min(min, message).max(max, message));
};

const parseDigits = (value: unknown) => (typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value);

/** `:id` in a path. */
export const idParams = z.strictObject({ id: integerParam(1) });
export type IdParams = z.infer<typeof idParams>;

/** A JSON object as body. Other JSON values (an array, null, a string) are refused with one clear message. */
export const requestBody = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'invalid_type' ? 'The body must be a JSON object' : undefined),
  });

/** A time: a `Date` in the program, ISO 8601 in UTC in JSON. */
export const timestamp = z.codec(z.iso.datetime('must be a time in UTC, as in 2026-01-31T09:30:00.000Z'), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
