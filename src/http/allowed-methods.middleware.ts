import { BadRequestException, HttpStatus, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { ProblemException } from '../problems/problem.exception.js';
import { RouteTable } from './route-table.js';

/** Answers OPTIONS with `Allow`, and a method that the path does not have with 405. RFC 9110, sections 9.3.7 and 15.5.6. */
@Injectable()
export class AllowedMethodsMiddleware implements NestMiddleware {
  constructor(private readonly routes: RouteTable) {}

  readonly use = (request: Request, response: Response, next: NextFunction): void => {
    if (!isDecodable(request.path)) throw new BadRequestException('The path is not percent-encoded UTF-8.');
    const methods = this.routes.find(request)?.methods;
    if (methods === undefined) return next();
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (request.method === 'OPTIONS') describeMethods(response, methods, allow);
    else if (methods.includes(request.method)) next();
    else throw methodNotAllowed(request.method, allow);
  };
}

/** `Accept-Patch`: RFC 5789, section 3.1. */
function describeMethods(response: Response, methods: readonly string[], allow: string): void {
  if (methods.includes('PATCH')) response.setHeader('Accept-Patch', 'application/json');
  response.status(204).setHeader('Allow', allow).end();
}

/** The router would notice too, and repeat the path in its message. RFC 3986, section 2.1. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function methodNotAllowed(method: string, allow: string): ProblemException {
  const detail = `This path does not have the method ${method}; it has ${allow}.`;
  return new ProblemException(HttpStatus.METHOD_NOT_ALLOWED, { detail, headers: { Allow: allow } });
}
