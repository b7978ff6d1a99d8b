import { dictionary } from '@zxcvbn-ts/language-common';
import { z } from 'zod';
import { isStorable } from '../validation/field.schemas.js';

/** From leaks, the most common first, all in lower case: attackers try these first. */
const commonPasswords = new Set(dictionary['passwords-common']);

/** bcrypt reads 72 bytes and ignores the rest, so a longer password would be accepted with any other ending. */
export const maxPasswordBytes = 72;

export const newPasswordSchema = z
  .string('must be text')
  .refine((password) => Array.from(password).length >= 8, { message: 'must have at least 8 characters', abort: true })
  .refine((password) => Buffer.byteLength(password) <= maxPasswordBytes, {
    message: `must not be longer than ${maxPasswordBytes} bytes (in UTF-8)`,
    abort: true,
  })
  .refine(
    (password) => !commonPasswords.has(password.toLowerCase()),
    'is one of the passwords that attackers try first',
  )
  .refine(isStorable, 'must not contain NUL characters or broken Unicode')
  .meta({ minLength: 8, maxLength: maxPasswordBytes, format: 'password', writeOnly: true });

/** A password to compare: the rules for new ones may have changed since it was set. */
export const passwordSchema = z
  .string('must be text')
  .max(1_000, 'must not be longer than 1000 characters')
  .meta({ format: 'password', writeOnly: true });
