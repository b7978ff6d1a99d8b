import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** RFC 9457, section 3.1: `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'What kind of problem this is: about:blank, or a name of our own' }),
    title: z.string().meta({ description: 'The status in words' }),
    status: z.int(),
    detail: z.string().meta({ description: 'What went wrong this time, and what to change' }),
    instance: z.string().meta({ description: 'The path of the request' }),
    requestId: z.string().meta({ description: 'Names the request in the log' }),
    errors: z
      .array(z.object({ path: z.string().meta({ description: 'The field, as in price.amount' }), message: z.string() }))
      .optional()
      .meta({ description: 'Every bad field of the input at once' }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;

/** What an exception may say about itself beside its status: a type, bad fields, seconds to wait, methods allowed. */
export interface ProblemDetails {
  message: string;
  type?: string;
  errors?: Problem['errors'];
  retryAfter?: number;
  allow?: string;
  headers?: Record<string, string>;
}

/** A server error tells the client nothing: what happened stands in the log, under the id of the request. */
export function detailsOf(exception: HttpException): ProblemDetails {
  const response = exception.getResponse();
  if (typeof response === 'object' && 'message' in response) return response as ProblemDetails;
  return { message: exception.message };
}

export function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}
