import { z } from 'zod';
import { listOf } from '../pagination/page.schema.js';
import { timestamp } from '../validation/field.schemas.js';

export const sessionIdParams = z.strictObject({ id: z.uuid('must be the id of a session') });
export type SessionIdParams = z.infer<typeof sessionIdParams>;

export const sessionSchema = z
  .object({
    id: z.uuid(),
    device: z.string().meta({ description: 'From the user agent', examples: ['Firefox on Linux'] }),
    ip: z.string(),
    createdAt: timestamp,
    lastUsedAt: timestamp.meta({ description: 'When it was last renewed' }),
    current: z.boolean().meta({ description: 'Whether this request belongs to it' }),
  })
  .meta({ id: 'Session' });
export type SessionResponse = z.infer<typeof sessionSchema>;

export const sessionPageSchema = listOf(sessionSchema, 'SessionPage');
