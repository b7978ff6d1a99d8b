import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { JsonBody } from './json-body.js';

/** Refuses a body that is not JSON or too large by what its headers say, before it is read. */
@Injectable()
export class JsonBodyMiddleware implements NestMiddleware {
  constructor(private readonly body: JsonBody) {}

  readonly use = (request: Request, _: Response, next: NextFunction): void => {
    this.body.checkHeaders(request);
    next();
  };
}
