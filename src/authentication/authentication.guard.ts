import { Injectable, UnauthorizedException, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { BearerAuthentication } from './bearer-authentication.js';
import { IS_SESSION_OPTIONAL_KEY } from './optional-session.decorator.js';
import { IS_PUBLIC_KEY } from './public.decorator.js';
import { IS_SESSION_ONLY_KEY } from './session-only.decorator.js';

/** Closes every route that is not opened with `@Public()`: it takes the cookie of a session, or a personal access token. */
@Injectable()
export class AuthenticationGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly bearer: BearerAuthentication,
  ) {
    super();
  }

  override canActivate(context: ExecutionContext) {
    if (this.has(IS_PUBLIC_KEY, context)) return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (request.headers.authorization === undefined) return super.canActivate(context);
    const isSessionOnly = this.has(IS_SESSION_ONLY_KEY, context) || this.has(IS_SESSION_OPTIONAL_KEY, context);
    return this.bearer.authenticate(request, isSessionOnly);
  }

  override handleRequest<User>(error: Error | null, user: User | false, _: unknown, context: ExecutionContext): User {
    if (error !== null) throw error;
    if (user !== false) return user;
    if (this.has(IS_SESSION_OPTIONAL_KEY, context)) return undefined as User;
    throw new UnauthorizedException('Log in first: there is no session, or it has ended.');
  }

  private has(key: string, context: ExecutionContext): boolean {
    return this.reflector.getAllAndOverride<boolean>(key, [context.getHandler(), context.getClass()]);
  }
}
