import { Catch, HttpException, InternalServerErrorException, Logger, type ArgumentsHost } from '@nestjs/common';
import type { ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import { requestId } from '../logging/request-context.js';
import { translateDatabaseError } from './database-errors.js';
import { ProblemException, type ProblemDetails } from './problem.exception.js';
import type { Problem } from './problem.schema.js';

/** Sends every error, whoever throws it, as a problem document (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const exception = this.toHttpException(error);
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) response.destroy();
    else send(exception, request, response);
  }

  /** A server error tells the client nothing but the request id: the log has the rest. */
  private toHttpException(error: unknown): HttpException {
    const exception = error instanceof HttpException ? error : translateDatabaseError(error);
    if (exception === undefined) this.logger.error(error instanceof Error ? error.stack : error);
    else if (exception.getStatus() >= 500) this.logger.warn(error instanceof Error ? error.message : error);
    return (
      exception ?? new InternalServerErrorException('Internal error. The log has the details under this request id.')
    );
  }
}

/** RFC 9110, section 11.6.1, demands a challenge. Browsers open no dialog for a scheme that they do not know. */
const challenge = { 'WWW-Authenticate': 'Cookie realm="api", form-action="/authentication/log-in"' };

/** Longer than any path of this API. */
const maxInstanceLength = 300;

function send(exception: HttpException, { path }: Request, response: Response): void {
  const status = exception.getStatus();
  const { detail, type = 'about:blank', errors, headers = {} } = detailsOf(exception);
  if (status === 304) {
    response.status(status).set(headers).end(); // no error, and without a body: RFC 9110, section 15.4.5
    return;
  }
  const problem: Problem = {
    type,
    title: titleOf(status),
    status,
    detail,
    instance: path.slice(0, maxInstanceLength),
    requestId: requestId() ?? '',
  };
  response.set({ ...(status === 401 && challenge), ...headers, 'Cache-Control': 'private, no-store' });
  response.status(status).type('application/problem+json');
  response.end(JSON.stringify({ ...problem, errors } satisfies Problem));
}

function detailsOf(exception: HttpException): ProblemDetails {
  return exception instanceof ProblemException ? exception.details : { detail: exception.message };
}

function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}
