import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { addressOf } from './client-address.js';

interface RequestContext {
  readonly requestId: string;
  /** Through the proxies of `TRUST_PROXY`. */
  readonly ip: string;
  readonly response: Response;
}

const storage = new AsyncLocalStorage<RequestContext>();
const logger = new Logger('Request');

/** The id of the request being served, undefined outside of one. */
export function requestId(): string | undefined {
  return storage.getStore()?.requestId;
}

/** The address that sent the request being served. */
export function clientAddress(): string | undefined {
  return storage.getStore()?.ip;
}

/** Tells at any later time whether the client of this request has hung up. */
export function requestIsGone(): () => boolean {
  const response = storage.getStore()?.response;
  return () => response?.destroyed ?? false;
}

/**
 * Gives the request an id, its own if it brought a harmless one, sends it back as `X-Request-Id`, and logs one line when
 * the answer is out. The query is left out of that line: it may hold what somebody searched for.
 */
export function requestContext(request: Request, response: Response, next: NextFunction): void {
  const { method, path } = request;
  const began = performance.now();
  const context = {
    requestId: acceptable(request.headers['x-request-id']) ?? randomUUID(),
    ip: addressOf(request),
    response,
  };
  response.setHeader('X-Request-Id', context.requestId);
  storage.run(context, () => {
    response.once('close', () => {
      const outcome = response.writableFinished ? String(response.statusCode) : 'aborted';
      storage.run(context, () =>
        logger.log(`${method} ${path} ${outcome} ${(performance.now() - began).toFixed(1)} ms`),
      );
    });
    next();
  });
}

/** Anything else could forge log lines. */
function acceptable(id: string | string[] | undefined): string | undefined {
  return typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? id : undefined;
}
