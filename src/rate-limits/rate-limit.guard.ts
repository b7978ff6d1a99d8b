import { HttpStatus, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { clientIpOf } from '../logging/client-ip.js';
import { isSafe } from '../http/methods.js';
import { refusalDelay } from '../http/refusal-delay.js';
import { addRateLimitHeaders, tooManyRequests } from './rate-limit.js';
import { RATE_LIMITS_KEY } from './rate-limited.decorator.js';
import { RequestLimits, type RequestLimitName } from './request-limits.js';

const unavailable: number = HttpStatus.SERVICE_UNAVAILABLE;

/** Counts the unsafe requests to routes with `@RateLimited()`, and says how many are left. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RequestLimits,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    if (isSafe(request)) return true;
    const targets = [context.getHandler(), context.getClass()];
    const names = this.reflector.getAllAndOverride<RequestLimitName[] | undefined>(RATE_LIMITS_KEY, targets);
    return names === undefined || this.count(names, request, context.switchToHttp().getResponse<Response>());
  }

  private async count(names: RequestLimitName[], request: Request, response: Response): Promise<boolean> {
    for (const name of names) {
      const limit = await this.limits.count(name, clientIpOf(request));
      if (limit.isExceeded) {
        await refusalDelay();
        throw tooManyRequests(limit);
      }
      addRateLimitHeaders(response, limit);
      this.refundWhenUnavailable(name, request, response);
    }
    return true;
  }

  /** A client that is asked to try again must not run into the limit for it. */
  private refundWhenUnavailable(name: RequestLimitName, request: Request, response: Response): void {
    const ip = clientIpOf(request);
    response.once('finish', () => {
      if (response.statusCode === unavailable) void this.limits.refund(name, ip);
    });
  }
}
