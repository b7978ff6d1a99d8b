import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Request, Response } from 'express';
import type { Environment } from '../config/environment.schema.js';
import { bodyLimitOf } from '../http/body-limit.decorator.js';
import { isSafe } from '../http/methods.js';
import { addRateLimitHeaders, tooManyRequests, type RateLimiter } from './rate-limit.js';
import { RateLimiters } from './rate-limiters.js';

const windowSeconds = 600;

/** A write costs one point, and one more for each so many bytes of its body. */
const bytesPerPoint = 10_000;

/** Limits what one account may write. */
@Injectable()
export class WriteQuotaGuard implements CanActivate {
  private readonly writes: RateLimiter;

  constructor(limiters: RateLimiters, config: ConfigService<Environment, true>) {
    const points = config.get('WRITE_QUOTA', { infer: true });
    this.writes = limiters.create({ name: 'writes', points, windowSeconds });
  }

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const user = request.user as { id: number } | undefined;
    return isSafe(request) || user === undefined || this.count(user.id, request, context);
  }

  private async count(userId: number, request: Request, context: ExecutionContext): Promise<boolean> {
    const limit = await this.writes.consume(String(userId), costOf(request, bodyLimitOf(context.getHandler())));
    if (limit.isExceeded) throw tooManyRequests(limit);
    addRateLimitHeaders(context.switchToHttp().getResponse<Response>(), limit);
    return true;
  }
}

function costOf({ headers }: Request, bodyLimit: number): number {
  const isChunked = headers['transfer-encoding'] !== undefined;
  const length = isChunked ? bodyLimit : Number(headers['content-length'] ?? 0);
  return 1 + Math.floor(length / bytesPerPoint);
}
