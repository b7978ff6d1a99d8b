import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { Request } from 'express';
import { AnswersProblem } from '../http/answers.js';
import type { User } from '../users/user.entity.js';

/** Who sent the request, and through which session. */
export interface CurrentUser extends Pick<User, 'id' | 'email' | 'name' | 'role' | 'emailConfirmedAt' | 'createdAt'> {
  sessionId: string;
}

/** The user of the session. Only on routes that need one. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<Request>().user;
});

export const isPublic = 'isPublic';
export const isAdminOnly = 'isAdminOnly';

/** Opens a route to everybody. Every route without it needs a session. */
export const Public = () => applyDecorators(SetMetadata(isPublic, true), ApiSecurity({}));

/** Closes a route to everybody but admins. */
export const AdminOnly = () => applyDecorators(SetMetadata(isAdminOnly, true), AnswersProblem(403));
