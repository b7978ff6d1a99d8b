import { z } from 'zod';
import { body, isStorable, line } from '../http/input.schema.js';
import { newPassword, password } from './new-password.schema.js';

/** RFC 5321, section 4.5.3.1.3: a path has 256 octets, two of them angle brackets. */
export const email = line(254).pipe(z.email('must be an e-mail address, as in ada@example.com'));

export const registerSchema = body({ email, name: line(100), password: newPassword }).meta({ id: 'Register' });
export type Register = z.infer<typeof registerSchema>;

/** Not checked for its form: a wrong pair is a wrong pair, and rules may change after an account was made. */
const anyEmail = z
  .string('must be text')
  .trim()
  .max(1_000, 'must not be longer than 1000 characters')
  .refine(isStorable, 'must not hold NUL characters or broken Unicode');

export const logInSchema = body({ email: anyEmail, password }).meta({ id: 'LogIn' });
export type LogIn = z.infer<typeof logInSchema>;
