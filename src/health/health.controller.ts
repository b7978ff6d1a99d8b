import { Controller, Get } from '@nestjs/common';
import { HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../authentication/current-user.js';
import { CrossOrigin } from '../cross-origin/cross-origin.decorator.js';
import { Answers } from '../http/answers.js';

const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

@ApiTags('health')
@Controller('health')
@Public()
@CrossOrigin({ origins: 'any' })
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
  ) {}

  /** The process runs; never touches the database */
  @Get('live')
  @Answers(200, healthSchema)
  live() {
    return { status: 'ok' };
  }

  /** Requests can be served: the database answers */
  @Get('ready')
  @Answers(200, healthSchema)
  async ready() {
    const { status } = await this.health.check([() => this.database.pingCheck('database', { timeout: 2_000 })]);
    return { status };
  }
}
