import { z } from 'zod';
import { singleLine, timestamp } from '../validation/field.schemas.js';
import { roles } from './user.entity.js';

/** RFC 5321, section 4.5.3.1.3: a path has 256 octets, two of them angle brackets. */
export const emailSchema = singleLine(254).pipe(z.email('must be an e-mail address, as in ada@example.com'));

export const userNameSchema = singleLine(100);

/** The account as its own user sees it. No response has a password or its hash. */
export const userProfileSchema = z
  .object({
    id: z.int(),
    email: z.email(),
    name: z.string(),
    role: z.enum(roles),
    emailConfirmedAt: timestamp.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: 'User' });
export type UserProfile = z.infer<typeof userProfileSchema>;

/** A user as everyone sees it: the author of a post, the creator of a product. Null once the account is deleted. */
export const authorSchema = z.object({ id: z.int(), name: z.string() }).meta({ id: 'Author' }).nullable();

/** Leaves out what a user entity or a session has beside its profile. */
export function toUserProfile({ id, email, name, role, emailConfirmedAt, createdAt }: UserProfile): UserProfile {
  return { id, email, name, role, emailConfirmedAt, createdAt };
}

/** SQL for the author of a row, as `authorSchema` has it. @param column the foreign key to `users` */
export const authorJson = (column: string) =>
  `(SELECT json_build_object('id', author.id, 'name', author.name) FROM users author WHERE author.id = ${column})`;
