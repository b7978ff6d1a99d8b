import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

export const IS_SESSION_ONLY_KEY = 'isSessionOnly';

/** Closes a route, or every route of a controller, to personal access tokens: a leaked one cannot take over the account. */
export const SessionOnly = () => applyDecorators(SetMetadata(IS_SESSION_ONLY_KEY, true), ApiSecurity('session'));
