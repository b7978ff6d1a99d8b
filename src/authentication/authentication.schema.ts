import { z } from 'zod';
import { body, isStorable, line } from '../http/input.schema.js';

/** RFC 5321, section 4.5.3.1.3: a path has 256 octets, two of them angle brackets. */
const email = line(254).pipe(z.email('must be an e-mail address, as in ada@example.com'));

/** bcrypt reads 72 bytes and ignores the rest, so a longer password would be accepted with anything after them. */
const newPassword = z
  .string('must be text')
  .refine((password) => Array.from(password).length >= 8, 'must have at least 8 characters')
  .refine((password) => Buffer.byteLength(password) <= 72, 'must not be longer than 72 bytes (in UTF-8)')
  .refine(isStorable, 'must not hold NUL characters or broken Unicode')
  .meta({ minLength: 8, maxLength: 72, format: 'password', writeOnly: true });

export const registerSchema = body({ email, name: line(100), password: newPassword }).meta({ id: 'Register' });
export type Register = z.infer<typeof registerSchema>;

export const logInSchema = body({
  email: z.string('must be text').trim().max(1_000, 'must not be longer than 1000 characters').refine(isStorable),
  password: z.string('must be text').max(1_000, 'must not be longer than 1000 characters').meta({ format: 'password' }),
}).meta({ id: 'LogIn' });
export type LogIn = z.infer<typeof logInSchema>;
