import { ForbiddenException, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { IS_ADMIN_ONLY_KEY } from './admin-only.decorator.js';
import type { CurrentUser } from './current-user.decorator.js';

/** Runs after the authentication guard, which sets the user. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    if (!this.reflector.getAllAndOverride<boolean | undefined>(IS_ADMIN_ONLY_KEY, targets)) return true;
    const user = context.switchToHttp().getRequest<Request>().user as CurrentUser | undefined;
    if (user?.role !== 'admin') throw new ForbiddenException('Only an admin can do this.');
    return true;
  }
}
