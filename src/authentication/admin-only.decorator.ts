import { applyDecorators, HttpStatus, SetMetadata } from '@nestjs/common';
import { ProblemResponse } from '../openapi/response.decorators.js';

export const IS_ADMIN_ONLY_KEY = 'isAdminOnly';

/** Closes a route to everyone but admins. */
export const AdminOnly = () =>
  applyDecorators(SetMetadata(IS_ADMIN_ONLY_KEY, true), ProblemResponse(HttpStatus.FORBIDDEN));
