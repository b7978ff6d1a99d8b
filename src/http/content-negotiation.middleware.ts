import { Injectable, NotAcceptableException, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RouteTable } from './route-table.js';

/** 406 for a client that accepts no JSON. RFC 9110, section 15.5.7. */
@Injectable()
export class ContentNegotiationMiddleware implements NestMiddleware {
  constructor(private readonly routes: RouteTable) {}

  readonly use = (request: Request, _: Response, next: NextFunction): void => {
    const route = this.routes.find(request);
    if (route !== undefined && !isPage(route.path) && !acceptsJson(request))
      throw new NotAcceptableException('This API responds with application/json: accept that, or */*.');
    next();
  };
}

/** Swagger UI has HTML, style sheets and scripts; `/` leads to it. */
function isPage(path: string): boolean {
  return path === '/' || path.startsWith('/docs');
}

function acceptsJson(request: Request): boolean {
  return request.accepts('application/json', 'application/problem+json') !== false;
}
