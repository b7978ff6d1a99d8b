import { HttpCode, HttpStatus } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';

/** A decorator for methods that return, or resolve with, a `Result`: anything else does not compile. */
type DecoratorOf<Result> = <Method extends (...args: never[]) => Result | Promise<Result>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/** 200 with what the schema describes. @param errors statuses particular to this route: `openapi.setup.ts` adds the others */
export const OkResponse = <Schema extends z.ZodType>(schema: Schema, ...errors: HttpStatus[]) =>
  responds<z.infer<Schema>>(HttpStatus.OK, schema, errors);

/** 201 with what the schema describes. @param errors statuses particular to this route */
export const CreatedResponse = <Schema extends z.ZodType>(schema: Schema, ...errors: HttpStatus[]) =>
  responds<z.infer<Schema>>(HttpStatus.CREATED, schema, errors);

/** 204 without a body. @param errors statuses particular to this route */
export const NoContentResponse = (...errors: HttpStatus[]): DecoratorOf<void> =>
  responds(HttpStatus.NO_CONTENT, undefined, errors);

/** An error that a route may respond with. */
export const ProblemResponse = (status: HttpStatus) => ApiResponse({ status, ...problemResponse(status) });

const text = (description: string) => ({ description, schema: { type: 'string' as const } });

/** What a client needs to know beside the problem document. */
const headersOf = new Map<number, Record<string, ReturnType<typeof text>>>([
  [HttpStatus.UNAUTHORIZED, { 'WWW-Authenticate': text('A scheme that opens no dialog') }],
  [
    HttpStatus.TOO_MANY_REQUESTS,
    {
      'Retry-After': text('In how many seconds to try again'),
      RateLimit: text('The limit that is exceeded: "name";r=remaining;t=seconds'),
      'RateLimit-Policy': text('The limit: "name";q=quota;w=seconds'),
    },
  ],
]);

/** How OpenAPI describes an error of this API. */
export function problemResponse(status: number) {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return {
    description: STATUS_CODES[status] ?? '',
    content,
    ...(headersOf.has(status) && { headers: headersOf.get(status) }),
  };
}

function responds<Result>(
  status: HttpStatus,
  schema: z.ZodType | undefined,
  errors: HttpStatus[],
): DecoratorOf<Result> {
  const description = STATUS_CODES[status] ?? '';
  const success = ApiResponse(schema ? { status, description, standardSchema: schema } : { status, description });
  return (target, key, descriptor) => {
    for (const decorate of [HttpCode(status), success, ...errors.map(ProblemResponse)])
      decorate(target, key, descriptor);
  };
}
