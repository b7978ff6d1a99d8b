import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LogInLimits, tooMany } from './log-in-limits.js';

/** Counts what changes something under `/authentication`, and says how much is left. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(private readonly limits: LogInLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    if (request.method === 'GET' || request.method === 'HEAD') return true;
    const limit = await this.limits.countRequest(request.ip ?? '');
    // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    response.setHeader('RateLimit-Policy', `"authentication";q=${String(limit.limit)};w=${String(limit.window)}`);
    response.setHeader('RateLimit', `"authentication";r=${String(limit.remaining)};t=${String(limit.reset)}`);
    if (limit.isExceeded) throw tooMany(limit);
    return true;
  }
}
