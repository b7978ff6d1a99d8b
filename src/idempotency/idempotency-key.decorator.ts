import {
  applyDecorators,
  BadRequestException,
  createParamDecorator,
  HttpStatus,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { createHash } from 'node:crypto';
import { ProblemResponse } from '../openapi/response.decorators.js';

/** A request that its client may send again. */
export interface IdempotentRequest {
  key: string;
  /** SHA-256 of the method, the path and the body. */
  fingerprint: Buffer;
}

/** Visible ASCII, in double quotes (a Structured Header string) or without. */
const pattern = /^(?:"([!#-[\]-~]{1,255})"|([!#-[\]-~]{1,255}))$/;

/**
 * The header `Idempotency-Key` of the request, undefined without one.
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 */
export const CurrentIdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): IdempotentRequest | undefined => {
    const request = context.switchToHttp().getRequest<Request>();
    const { headersDistinct, method, path } = request;
    const header = headersDistinct['idempotency-key'];
    if (header === undefined) return undefined;
    const [, quoted, plain] = pattern.exec(header.join()) ?? [];
    const key = quoted ?? plain;
    if (header.length > 1 || key === undefined)
      throw new BadRequestException('Idempotency-Key must be 1 to 255 visible ASCII characters, for example a UUID.');
    const fingerprint = createHash('sha256')
      .update(`${method} ${path} ${JSON.stringify(request.body)}`)
      .digest();
    return { key, fingerprint };
  },
);

/** Documents a route that takes `Idempotency-Key`. */
export const TakesIdempotencyKey = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'A new UUID for each resource: a request that is sent again creates nothing more',
    }),
    ProblemResponse(HttpStatus.CONFLICT),
    ProblemResponse(HttpStatus.UNPROCESSABLE_ENTITY),
  );
