import { ForbiddenException } from '@nestjs/common';
import type { CurrentUser } from './current-user.js';

/** @throws ForbiddenException unless the user made it or is an admin */
export function assertMayChange(user: CurrentUser, ownerId: number | null): void {
  if (user.id !== ownerId && user.role !== 'admin')
    throw new ForbiddenException('Only whoever made this, or an admin, can change or delete it.');
}
