import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { clientIpOf } from './client-ip.js';
import { requestContext, type RequestContext } from './request-context.js';

const logger = new Logger('Request');

const maxLoggedPath = 300;

/**
 * Gives the request an id, or keeps a valid one that it brought, returns it as `X-Request-Id`, and logs one line when the
 * response is sent. That line leaves out the query, which may hold what a user searched for.
 */
export function requestContextMiddleware(request: Request, response: Response, next: NextFunction): void {
  const { method, path } = request;
  const startedAt = performance.now();
  const context: RequestContext = {
    requestId: validId(request.headers['x-request-id']) ?? randomUUID(),
    ip: clientIpOf(request),
    response,
  };
  response.setHeader('X-Request-Id', context.requestId);
  requestContext.run(context, () => {
    response.once('close', () => {
      const outcome = response.writableFinished ? String(response.statusCode) : 'aborted';
      const durationMs = (performance.now() - startedAt).toFixed(1);
      requestContext.run(context, () =>
        logger.log(`${method} ${path.slice(0, maxLoggedPath)} ${outcome} ${durationMs} ms`),
      );
    });
    next();
  });
}

/** Other characters could forge log lines. */
function validId(id: string | string[] | undefined): string | undefined {
  return typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? id : undefined;
}
