import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { TypeOrmHealthIndicator } from '@nestjs/terminus';

@Injectable()
export class HealthService {
  constructor(private readonly database: TypeOrmHealthIndicator) {}

  live() {
    return { status: 'ok' } as const;
  }

  /** @throws ServiceUnavailableException when the database does not answer within 2 seconds */
  async ready() {
    const { database } = await this.database.pingCheck('database', { timeout: 2_000 });
    if (database.status !== 'up')
      throw new ServiceUnavailableException({ message: 'The database does not answer.', retryAfter: 5 });
    return { status: 'ok' } as const;
  }
}
