import {
  ConflictException,
  HttpException,
  NotFoundException,
  ServiceUnavailableException,
  UnprocessableEntityException,
} from '@nestjs/common';
import { EntityNotFoundError, QueryFailedError } from 'typeorm';

/**
 * What a client is told about an error of the database, or undefined when it is not one, or is our own mistake (a 500).
 * Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function translateDatabaseError(error: unknown): HttpException | undefined {
  if (error instanceof EntityNotFoundError) return new NotFoundException('There is nothing with this id.');
  const { code = '', constraint = '' } = causeOf(error);
  if (code === '23505') return new ConflictException(conflicts[constraint] ?? 'This already exists.');
  if (code === '23503' || code === '23001') return foreignKeyViolation(error);
  return isUnavailable(code, error) ? unavailable() : undefined;
}

/** By the name of the unique index that was violated. */
const conflicts: Record<string, string> = {
  users_email: 'There is already an account with this e-mail address.',
  categories_name: 'There is already a category with this name.',
  origins_origin_idx: 'This origin is allowed already.',
  products_sku_idx: 'There is already a product with this sku.',
};

interface PostgresError {
  code?: string;
  constraint?: string;
  message?: string;
  syscall?: string;
}

function causeOf(error: unknown): PostgresError {
  return (error instanceof QueryFailedError ? error.driverError : error) as PostgresError;
}

/** Restricted deletes read "is still referenced from"; inserts read "is not present in". */
function foreignKeyViolation(error: unknown): HttpException {
  return /update or delete/.test(causeOf(error).message ?? '')
    ? new ConflictException('This is still in use: take the posts and products out of it first.')
    : new UnprocessableEntityException('Something this refers to does not exist any more.');
}

/** Connection exceptions (08), resources (53), operator intervention (57), and what the network and the pool say. */
function isUnavailable(code: string, error: unknown): boolean {
  if (/^(08|53|57)\w{3}$/.test(code)) return true;
  if (['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT'].includes(code)) return true;
  const { message = '', syscall } = causeOf(error);
  if (code === 'ENOENT' && syscall === 'connect') return true; // the Unix socket of a server that is down
  return /^(Connection terminated|timeout |Query read timeout|Client has encountered)/.test(message);
}

function unavailable(): HttpException {
  return new ServiceUnavailableException({
    message: 'The database does not answer at the moment. Try again in a few seconds.',
    retryAfter: 5,
  });
}
