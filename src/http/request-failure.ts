import type { HttpException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { IncomingMessage } from 'node:http';

const failures = new WeakMap<IncomingMessage, HttpException>();

/** Marks a request that Node refuses: the middleware below throws this, or the reader of its body. */
export function failRequest(request: IncomingMessage, exception: HttpException): void {
  failures.set(request, exception);
}

export function failureOf(request: IncomingMessage): HttpException | undefined {
  return failures.get(request);
}

/** Throws once the request has its id and the response its headers, so that these errors are like all others. */
export function requestFailure(request: Request, _: Response, next: NextFunction): void {
  const failure = failureOf(request);
  if (failure !== undefined) throw failure;
  next();
}
