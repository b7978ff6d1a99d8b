import { z } from 'zod';
import { roles, type User } from './user.entity.js';

/** A user as that user sees it. No response ever holds a password or its hash. */
export const userSchema = z
  .object({
    id: z.int(),
    email: z.email(),
    name: z.string(),
    role: z.enum(roles),
    emailConfirmedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });

/** A user as everybody sees it: the author of a post, the creator of a product. Null once the account is deleted. */
export const personSchema = z.object({ id: z.int(), name: z.string() }).meta({ id: 'Person' }).nullable();

/** Picks what that user may see. */
export function profileOf({ id, email, name, role, emailConfirmedAt, createdAt }: Profile): Profile {
  return { id, email, name, role, emailConfirmedAt, createdAt };
}

type Profile = Pick<User, 'id' | 'email' | 'name' | 'role' | 'emailConfirmedAt' | 'createdAt'>;
