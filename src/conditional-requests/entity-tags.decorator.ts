import { applyDecorators, createParamDecorator, HttpStatus, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ProblemResponse } from '../openapi/response.decorators.js';
import type { Tagged } from './entity-tag.js';

/** The entity tags of one exchange: those that the request names, and that of the response. */
export class EntityTags {
  constructor(
    private readonly request: Request,
    private readonly response: Response,
  ) {}

  get ifMatch(): string | undefined {
    return this.request.headers['if-match'];
  }

  get ifNoneMatch(): string | undefined {
    return this.request.headers['if-none-match'];
  }

  /** Sets `ETag`. @returns the item, for the body */
  send<Item>({ item, entityTag }: Tagged<Item>): Item {
    this.response.set('ETag', entityTag);
    return item;
  }
}

/** The `EntityTags` of the request. */
export const CurrentEntityTags = createParamDecorator((_: unknown, context: ExecutionContext): EntityTags => {
  const http = context.switchToHttp();
  return new EntityTags(http.getRequest<Request>(), http.getResponse<Response>());
});

/** Documents a route that takes `If-Match`. */
export const TakesIfMatch = () =>
  applyDecorators(
    ApiHeader({ name: 'If-Match', required: false, description: 'The ETag of what is to be changed, as it was read' }),
    ProblemResponse(HttpStatus.PRECONDITION_FAILED),
    ProblemResponse(HttpStatus.PRECONDITION_REQUIRED),
  );
