import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  TypeORMError,
} from 'typeorm';

/** Of `pg`, of PostgreSQL or of the network. */
export interface DriverError {
  code?: string;
  constraint?: string;
  message?: string;
  syscall?: string;
}

const networkErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT']);

/**
 * Of PostgreSQL: connection exceptions (08), insufficient resources (53), operator intervention (57), errors of its disk (58),
 * its own limit for idle transactions (25P03), a server that has become a replica (25006).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const unavailableCodes = /^((08|53|57|58)\w{3}|25P03|25006)$/;

/** Of `pg` and its pool, which have no code. */
const unavailableMessages =
  /^(Connection terminated|timeout |Query read timeout|Client (has encountered|was closed)|Cannot use a pool)/;

/** Whether the database could not be asked, so that the same may succeed later. Else it has refused the statement. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (isConnectionLost(error)) return true;
  const { code = '', message = '', syscall } = driverErrorOf(error);
  if (unavailableCodes.test(code) || networkErrors.has(code)) return true;
  if (code === 'ENOENT' && syscall === 'connect') return true; // the Unix socket of a server that is down
  return unavailableMessages.test(message);
}

/** What `pg` threw, whether or not TypeORM wrapped it. */
export function driverErrorOf(error: unknown): DriverError {
  return (error instanceof QueryFailedError ? error.driverError : error) as DriverError;
}

/** TypeORM gives a connection back that dies between two statements, and refuses the second; or it is not connected. */
function isConnectionLost(error: unknown): boolean {
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  if (error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  return error instanceof TypeORMError && error.message === 'Driver not Connected';
}
