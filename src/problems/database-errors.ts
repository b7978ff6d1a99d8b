import {
  ConflictException,
  HttpException,
  HttpStatus,
  NotFoundException,
  UnauthorizedException,
  UnprocessableEntityException,
} from '@nestjs/common';
import { EntityNotFoundError } from 'typeorm';
import { ReadCanceledError } from '../database/read-canceled.error.js';
import { driverErrorOf, isDatabaseUnavailable } from '../database/unavailable.js';
import { ProblemException } from './problem.exception.js';
import { conflictDetail } from './conflict-detail.decorator.js';

/**
 * What a client is told about an error of the database. Undefined when it is not one, or is a defect of this API (a 500).
 * Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function translateDatabaseError(error: unknown): HttpException | undefined {
  if (error instanceof ReadCanceledError) return tooSlow();
  if (error instanceof EntityNotFoundError) return new NotFoundException('Not found.');
  const { code = '', constraint = '' } = driverErrorOf(error);
  if (code === '23505') return new ConflictException(conflictDetail(constraint) ?? 'This already exists.');
  if (code === '23503' || code === '23001') return foreignKeyViolation(error, constraint);
  return isDatabaseUnavailable(error) ? unavailable() : undefined;
}

/** The message of a restricted delete has "is still referenced from", that of an insert "is not present in". */
function foreignKeyViolation(error: unknown, constraint: string): HttpException {
  if (/update or delete/.test(driverErrorOf(error).message ?? ''))
    return new ConflictException(conflictDetail(constraint) ?? 'This is in use, so it cannot be deleted.');
  // Only the user of the session is referred to so: a request names no other.
  if (/_(author|creator|user)Id_fkey$/.test(constraint)) return new UnauthorizedException('The account was deleted.');
  const detail = 'A record that this refers to does not exist.';
  const [, field] = /_([a-zA-Z0-9]+Id)_fkey$/.exec(constraint) ?? [];
  if (field === undefined) return new UnprocessableEntityException(detail);
  const errors = [{ path: field, message: 'does not exist' }];
  return new ProblemException(HttpStatus.UNPROCESSABLE_ENTITY, { detail, errors });
}

/** Also when the client has disconnected, which does not receive it. */
function tooSlow(): HttpException {
  return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, {
    detail: 'This takes the database too long. Ask for less, such as a rarer word, or try again in a few seconds.',
    headers: { 'Retry-After': '5' },
  });
}

function unavailable(): HttpException {
  return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, {
    detail: 'The database is not available. Try again in a few seconds.',
    headers: { 'Retry-After': '5' },
  });
}
