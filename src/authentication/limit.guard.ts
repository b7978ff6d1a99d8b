import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { addressOf } from '../http/client-address.js';
import { fieldsOf, LogInLimits, tooMany } from './log-in-limits.js';

/** Counts what changes something under `/authentication`, and says how much is left. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(private readonly limits: LogInLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    if (request.method === 'GET' || request.method === 'HEAD') return true;
    const limit = await this.limits.countRequest(addressOf(request));
    response.set(fieldsOf('authentication', limit));
    if (limit.isExceeded) throw tooMany('authentication', limit);
    return true;
  }
}
