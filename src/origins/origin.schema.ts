import { z } from 'zod';
import { body, line, text } from '../http/input.schema.js';
import { pageOf } from '../http/page.schema.js';
import { personSchema } from '../users/user.schema.js';

/** The rules for origins are those of `FRONTEND_URL`; the service applies them, since they depend on the environment. */
export const createOriginSchema = body({ origin: line(300), note: text(500).default('') }).meta({ id: 'CreateOrigin' });
export type CreateOrigin = z.infer<typeof createOriginSchema>;

export const originSchema = z
  .object({
    id: z
      .int()
      .nullable()
      .meta({ description: 'Null for an origin of the configuration, which cannot be removed here' }),
    origin: z.string(),
    note: z.string(),
    creator: personSchema,
    createdAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Origin' });

export const originPageSchema = pageOf(originSchema, 'OriginPage');
