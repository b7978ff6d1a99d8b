import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { requestDuration } from '../metrics/registry.js';
import { RouteTable } from './route-table.js';

/** Measures each request, by the path of its route: a path that no route has is `none`, whatever a stranger invents. */
@Injectable()
export class RequestMetricsMiddleware implements NestMiddleware {
  constructor(private readonly routes: RouteTable) {}

  readonly use = (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const route = this.routes.find(request)?.path ?? 'none';
    const method = route === 'none' ? 'other' : request.method;
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : 'aborted';
      requestDuration.observe({ method, route, status }, (performance.now() - startedAt) / 1_000);
    });
    next();
  };
}
