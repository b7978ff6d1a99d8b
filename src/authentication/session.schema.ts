import { z } from 'zod';
import { pageOf } from '../http/page.schema.js';

export const sessionIdSchema = z.strictObject({ id: z.uuid('must be the id of a session') });
export type SessionId = z.infer<typeof sessionIdSchema>;

export const sessionSchema = z
  .object({
    id: z.uuid(),
    device: z.string().meta({ description: 'Made from the user agent', examples: ['Firefox on Linux'] }),
    ip: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().meta({ description: 'When it was last renewed' }),
    current: z.boolean().meta({ description: 'The session of this request' }),
  })
  .meta({ id: 'Session' });

export const sessionPageSchema = pageOf(sessionSchema, 'SessionPage');
