import { Catch, HttpException, InternalServerErrorException, Logger, type ArgumentsHost } from '@nestjs/common';
import type { ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { translateDatabaseError } from '../database/database-errors.js';
import { detailsOf, titleOf, type Problem } from './problem.js';
import { requestId } from './request-context.js';

/** The one place that writes an error: whoever threw it, it leaves as a problem document (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const exception = this.translate(error);
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) response.destroy();
    else this.write(exception, request, response);
  }

  private translate(error: unknown): HttpException {
    const exception = error instanceof HttpException ? error : translateDatabaseError(error);
    if (exception === undefined) this.logger.error(error instanceof Error ? error.stack : error);
    else if (exception.getStatus() >= 500) this.logger.warn(error instanceof Error ? error.message : error);
    return (
      exception ?? new InternalServerErrorException('Something went wrong here. The log knows it by the request id.')
    );
  }

  private write(exception: HttpException, { path }: Request, response: Response): void {
    const status = exception.getStatus();
    const { message, type = 'about:blank', errors, retryAfter, allow, headers } = detailsOf(exception);
    const problem = {
      type,
      title: titleOf(status),
      status,
      detail: message,
      instance: path,
      requestId: requestId() ?? '',
    };
    if (headers !== undefined) response.set(headers);
    if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
    if (allow !== undefined) response.setHeader('Allow', allow);
    response.setHeader('Cache-Control', 'no-store');
    response.status(status).type('application/problem+json');
    response.end(JSON.stringify({ ...problem, errors } satisfies Problem));
  }
}
