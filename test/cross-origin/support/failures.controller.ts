import {
  Controller,
  Get,
  HttpStatus,
  Injectable,
  UseGuards,
  UseInterceptors,
  type CanActivate,
  type NestInterceptor,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { Public } from '../../../src/authentication/public.decorator.js';
import { ProblemException } from '../../../src/problems/problem.exception.js';

@Injectable()
class FailingGuard implements CanActivate {
  canActivate(): boolean {
    throw new Error('the guard failed');
  }
}

@Injectable()
class ForbiddingGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@Injectable()
class FailingInterceptor implements NestInterceptor {
  intercept(): never {
    throw new Error('the interceptor failed');
  }
}

/** Everything that can go wrong inside the application. */
@Controller('failures')
@Public()
export class FailuresController implements OnModuleInit {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** Middlewares of somebody else, after all that `setUpApp` has put in place: one throws, one rejects. */
  onModuleInit(): void {
    this.adapterHost.httpAdapter.use('/failures/middleware', () => {
      throw new Error('the middleware failed');
    });
    this.adapterHost.httpAdapter.use('/failures/promise', (_: Request, __: Response, next: NextFunction) => {
      void Promise.resolve().then(() => next(new Error('the middleware failed later')));
    });
  }

  @Get('limit')
  limit() {
    const headers = { 'Retry-After': '30' };
    throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, { detail: 'Too many requests.', headers });
  }

  @Get('error')
  error() {
    throw new Error('the secret of this server');
  }

  @Get('rejection')
  rejection() {
    // What is not an Error must become one answer as well.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    return Promise.reject('the secret of this server');
  }

  @Get('guard')
  @UseGuards(FailingGuard)
  guard() {
    return {};
  }

  @Get('forbidden')
  @UseGuards(ForbiddingGuard)
  forbidden() {
    return {};
  }

  @Get('interceptor')
  @UseInterceptors(FailingInterceptor)
  interceptor() {
    return {};
  }

  @Get('slow')
  async slow() {
    await delay(700);
    return { finished: true };
  }
}
