import { z } from 'zod';

/** The largest id and offset: int4, https://www.postgresql.org/docs/current/datatype-numeric.html */
const int4 = 2_147_483_647;

/** PostgreSQL stores neither NUL nor half of a surrogate pair; everything else (emoji, any script) stays as it is. */
export const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

const storable = 'must not hold NUL characters or broken Unicode';

/** One line of text, trimmed; spaces alone are nothing. Lengths in Unicode code points, as in JSON Schema. */
export const line = (max: number) =>
  z
    .string('must be text')
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must not be longer than ${max} characters`)
    .refine(isStorable, storable)
    .refine((value) => !/\p{Cc}/u.test(value), 'must be one line, without control characters');

/** Text of several lines, kept as it is. */
export const text = (max: number) =>
  z.string('must be text').max(max, `must not be longer than ${max} characters`).refine(isStorable, storable);

/** A whole number out of a query or a path, where everything is a string. */
export const whole = (min: number, max: number = int4) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.preprocess(digits, z.int(message).min(min, message).max(max, message));
};

const digits = (value: unknown) => (typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value);

/** `:id` in a path. */
export const idSchema = z.strictObject({ id: whole(1) });
export type Id = z.infer<typeof idSchema>;

/** The categories of a post or a product. The same one twice counts once. */
export const categoryIds = z
  .array(
    z.int('must be a category id').min(1, 'must be a category id').max(int4, 'must be a category id'),
    'must be a list of category ids',
  )
  .max(50, 'must not be more than 50')
  .transform((ids) => [...new Set(ids)]);

/** A JSON object as body; what else JSON can be (a list, null, a string) is refused in these words. */
export const body = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'invalid_type' ? 'The body must be a JSON object' : undefined),
  });
