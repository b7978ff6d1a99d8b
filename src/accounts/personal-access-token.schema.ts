import { z } from 'zod';
import { tokenAccesses } from '../authentication/personal-access-token.entity.js';
import { listOf } from '../pagination/page.schema.js';
import { passwordSchema } from '../passwords/password.schema.js';
import { emailSchema } from '../users/user.schema.js';
import { requestBody, singleLine, timestamp } from '../validation/field.schemas.js';

const access = z.enum(tokenAccesses, 'must be "read" or "write"');

export const createTokenSchema = requestBody({
  name: singleLine(100).describe('What the token is for'),
  access: access.describe('"read" allows GET and HEAD'),
  expiresAt: timestamp
    .refine((time) => time.getTime() > Date.now(), 'must be in the future')
    .nullish()
    .describe('Without it the token does not expire'),
  email: emailSchema.optional().describe('Together with the password, instead of a session'),
  password: passwordSchema.optional(),
})
  .refine(({ email, password }) => (email === undefined) === (password === undefined), {
    path: ['password'],
    message: 'is needed together with the e-mail address',
  })
  .meta({ id: 'CreateToken', examples: [{ name: 'CI', access: 'write' }] });
export type CreateToken = z.output<typeof createTokenSchema>;

const tokenShape = {
  id: z.int(),
  name: z.string(),
  access,
  expiresAt: timestamp.nullable(),
};

export const createdTokenSchema = z
  .object({ ...tokenShape, token: z.string().meta({ description: 'Shown this once: only its hash is stored' }) })
  .meta({ id: 'CreatedToken' });
export type CreatedToken = z.infer<typeof createdTokenSchema>;

const tokenSchema = z
  .object({
    ...tokenShape,
    createdAt: timestamp,
    lastUsedAt: timestamp.nullable().meta({ description: 'To the minute' }),
  })
  .meta({ id: 'Token' });
export type TokenResponse = z.infer<typeof tokenSchema>;

export const tokenPageSchema = listOf(tokenSchema, 'TokenPage');
