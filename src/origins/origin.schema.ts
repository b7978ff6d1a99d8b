import { z } from 'zod';
import { listOf } from '../pagination/page.schema.js';
import { authorSchema } from '../users/user.schema.js';
import { multiLine, requestBody, singleLine, timestamp } from '../validation/field.schemas.js';

/** The service checks the origin by the rules for `FRONTEND_URL`, because these depend on the environment. */
export const createOriginSchema = requestBody({ origin: singleLine(300), note: multiLine(500).default('') }).meta({
  id: 'CreateOrigin',
  examples: [{ origin: 'https://app.example.com', note: 'The app' }],
});
export type CreateOrigin = z.infer<typeof createOriginSchema>;

export const originSchema = z
  .object({
    id: z.int().nullable().meta({ description: 'Null for an origin of FRONTEND_URL, which cannot be removed here' }),
    origin: z.string(),
    note: z.string(),
    creator: authorSchema,
    createdAt: timestamp.nullable(),
  })
  .meta({ id: 'Origin' });
export type OriginResponse = z.infer<typeof originSchema>;

export const originPageSchema = listOf(originSchema, 'OriginPage');
