import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { addressOf } from '../http/client-address.js';
import { fieldsOf, LogInLimits, tooMany } from './log-in-limits.js';

/** In milliseconds. Fifty connections that are refused at once ask thousands of times a second; held up, a hundred times. */
const heldUp = 500;

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
    if (!limit.isExceeded) return true;
    await delay(heldUp);
    throw tooMany('authentication', limit);
  }
}
