import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { UserProfile } from '../users/user.schema.js';
import type { TokenAccess } from './personal-access-token.entity.js';

/** The user who sent the request. */
export interface CurrentUser extends UserProfile {
  /** Of the session that the request belongs to. Undefined with a personal access token. */
  sessionId?: string;
  /** What the personal access token of the request allows. Undefined with a session. */
  tokenAccess?: TokenAccess;
}

/** The user of a route with `@SessionOnly()`. */
export interface SessionUser extends CurrentUser {
  sessionId: string;
}

/** The user who sent the request. Undefined on public routes. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<Request>().user;
});
