import { ForbiddenException } from '@nestjs/common';
import type { CurrentUser } from './current-user.decorator.js';

/**
 * @param authorId the user who created it; null once the account is deleted
 * @throws ForbiddenException unless that is this user, or this user is an admin
 */
export function assertCanEdit(user: CurrentUser, authorId: number | null): void {
  if (user.id !== authorId && user.role !== 'admin')
    throw new ForbiddenException('Only the user who created this, or an admin, can change or delete it.');
}
