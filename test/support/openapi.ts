import { z } from 'zod';
import type { OpenAPIObject } from '@nestjs/swagger';

export type Paths = OpenAPIObject['paths'];
export type Operation = NonNullable<Paths[string]['get']>;

/** By method and path, as in `GET /posts/{id}`. */
export function operationsOf(paths: Paths): [string, Operation][] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation as Operation,
    ]),
  );
}

/** A JSON body as this schema would send it: no key more, and every value in its form. @throws ZodError */
export function sentAs(schema: z.ZodObject, body: unknown): unknown {
  const strict = schema.strict();
  return z.encode(strict, z.decode(strict, body as never));
}
