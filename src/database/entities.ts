import { MailToken } from '../accounts/mail-token.entity.js';
import { PersonalAccessToken } from '../authentication/personal-access-token.entity.js';
import { Session } from '../authentication/session.entity.js';
import { Category } from '../categories/category.entity.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.entity.js';
import { Origin } from '../origins/origin.entity.js';
import { Post } from '../posts/post.entity.js';
import { Product } from '../products/product.entity.js';
import { User } from '../users/user.entity.js';

/** Listed, never globbed: a glob finds nothing under ESM. */
export const entities = [
  User,
  Session,
  PersonalAccessToken,
  MailToken,
  Category,
  Origin,
  Post,
  Product,
  IdempotencyKey,
];
