import { HttpException, type HttpStatus } from '@nestjs/common';
import type { FieldError, ProblemType } from './problem.schema.js';

/** What a problem document says beside its status. `headers` are sent with the response, for example `Retry-After`. */
export interface ProblemDetails {
  detail: string;
  type?: ProblemType;
  errors?: FieldError[];
  headers?: Record<string, string>;
}

/** An error whose response needs more than a status and one sentence. For those, Nest's own exceptions are enough. */
export class ProblemException extends HttpException {
  constructor(
    status: HttpStatus,
    readonly details: ProblemDetails,
  ) {
    super(details.detail, status);
  }
}
