import { z } from 'zod';
import { passwordSchema } from '../passwords/password.schema.js';
import { isStorable, requestBody } from '../validation/field.schemas.js';

/** Its form is not checked: the rules may have changed since the account was created. */
const anyEmail = z
  .string('must be text')
  .trim()
  .max(1_000, 'must not be longer than 1000 characters')
  .refine(isStorable, 'must not contain NUL characters or broken Unicode');

export const logInSchema = requestBody({ email: anyEmail, password: passwordSchema }).meta({
  id: 'LogIn',
  examples: [{ email: 'grace@example.com', password: 'correct horse battery' }],
});
export type LogIn = z.infer<typeof logInSchema>;
