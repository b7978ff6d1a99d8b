import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

export const IS_SESSION_OPTIONAL_KEY = 'isSessionOptional';

/** Opens a route to everyone, and sets the current user where there is a session. */
export const OptionalSession = () =>
  applyDecorators(SetMetadata(IS_SESSION_OPTIONAL_KEY, true), ApiSecurity({}), ApiSecurity('session'));
