import { HttpStatus, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { ProblemException } from '../problems/problem.exception.js';
import { GracefulShutdown } from './graceful-shutdown.js';

/** 503 for a request that arrives on an open connection of an instance that shuts down without a delay. */
@Injectable()
export class GracefulShutdownMiddleware implements NestMiddleware {
  constructor(private readonly shutdown: GracefulShutdown) {}

  readonly use = (_: Request, __: Response, next: NextFunction): void => {
    if (!this.shutdown.isRefusing) return next();
    const detail = 'This instance is shutting down. Try again.';
    throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, { detail, headers: { 'Retry-After': '1' } });
  };
}
