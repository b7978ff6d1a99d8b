import { HttpStatus, Injectable } from '@nestjs/common';
import { TypeOrmHealthIndicator } from '@nestjs/terminus';
import { GracefulShutdown } from '../http/graceful-shutdown.js';
import { ProblemException } from '../problems/problem.exception.js';
import type { Health } from './health.schema.js';

const pingTimeoutMs = 2_000;

@Injectable()
export class HealthService {
  constructor(
    private readonly database: TypeOrmHealthIndicator,
    private readonly shutdown: GracefulShutdown,
  ) {}

  live(): Health {
    return { status: 'ok' };
  }

  /** @throws ProblemException 503 when the database does not respond in time, or the instance is shutting down */
  async ready(): Promise<Health> {
    if (this.shutdown.isAnnounced) throw notReady('This instance is shutting down.');
    const { database } = await this.database.pingCheck('database', { timeout: pingTimeoutMs });
    if (database.status !== 'up') throw notReady('The database is not available.');
    return { status: 'ok' };
  }
}

function notReady(detail: string): ProblemException {
  return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, { detail, headers: { 'Retry-After': '5' } });
}
