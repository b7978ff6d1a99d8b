import {
  BadRequestException,
  Injectable,
  MethodNotAllowedException,
  NotAcceptableException,
  type NestMiddleware,
} from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RouteTable } from './route-table.js';

/** Answers what needs no handler: OPTIONS, a method the path does not have (405), a type we do not speak (406). */
@Injectable()
export class Manners implements NestMiddleware {
  constructor(private readonly routes: RouteTable) {}

  use(request: Request, response: Response, next: NextFunction): void {
    if (!isDecodable(request.path)) throw new BadRequestException('The path is not percent-encoded UTF-8.');
    const route = this.routes.find(request);
    if (route === undefined) next();
    else if (request.method === 'OPTIONS') response.status(204).setHeader('Allow', allowed(route.methods)).end();
    else if (!route.methods.includes(request.method)) throw this.wrongMethod(request.method, route.methods);
    else if (!isPage(route.path) && request.accepts('application/json', 'application/problem+json') === false)
      throw new NotAcceptableException('This API answers in application/json: accept that, or */*.');
    else next();
  }

  private wrongMethod(method: string, methods: readonly string[]) {
    const allow = allowed(methods);
    return new MethodNotAllowedException({ message: `This path has no ${method}; it has ${allow}.`, allow });
  }
}

/** The router would find out too, and repeat the path in what it says. RFC 3986, section 2.1. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Swagger UI is for people: HTML, style sheets, scripts. */
function isPage(path: string): boolean {
  return path.startsWith('/docs');
}

function allowed(methods: readonly string[]): string {
  return [...methods, 'OPTIONS'].join(', ');
}
