import { dictionary } from '@zxcvbn-ts/language-common';
import { z } from 'zod';
import { isStorable } from '../http/input.schema.js';

/** The passwords that attackers try first, from leaks; most common ones first, all in lower case. */
const common = new Set(dictionary['passwords-common']);

/** bcrypt reads 72 bytes and ignores the rest, so a longer password would be accepted with anything after them. */
export const newPassword = z
  .string('must be text')
  .refine((password) => Array.from(password).length >= 8, { message: 'must have at least 8 characters', abort: true })
  .refine((password) => Buffer.byteLength(password) <= 72, {
    message: 'must not be longer than 72 bytes (in UTF-8)',
    abort: true,
  })
  .refine((password) => !common.has(password.toLowerCase()), 'is one of the passwords that attackers try first')
  .refine(isStorable, 'must not hold NUL characters or broken Unicode')
  .meta({ minLength: 8, maxLength: 72, format: 'password', writeOnly: true });

/** A password that exists already: anything may be tried. */
export const password = z
  .string('must be text')
  .max(1_000, 'must not be longer than 1000 characters')
  .meta({ format: 'password', writeOnly: true });
