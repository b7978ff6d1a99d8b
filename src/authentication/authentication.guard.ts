import { Injectable, UnauthorizedException, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { isPublic } from './current-user.js';

/** Closes every route that is not opened with `@Public()`. */
@Injectable()
export class AuthenticationGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(context: ExecutionContext) {
    const open = this.reflector.getAllAndOverride<boolean>(isPublic, [context.getHandler(), context.getClass()]);
    return open || super.canActivate(context);
  }

  override handleRequest<User>(error: Error | null, user: User | false): User {
    if (error !== null) throw error;
    if (user === false) throw new UnauthorizedException('Log in first: there is no session, or it has ended.');
    return user;
  }
}
