import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../authentication/current-user.js';
import { CrossOrigin } from '../cross-origin/cross-origin.decorator.js';
import { Answers } from '../http/answers.js';
import { NoStore } from '../http/no-store.js';
import { HealthService } from './health.service.js';

const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

@ApiTags('health')
@Controller('health')
@NoStore()
@Public()
@CrossOrigin({ origins: 'any' })
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @ApiOperation({ summary: 'The process runs; never touches the database' })
  @Get('live')
  @Answers(200, healthSchema)
  live() {
    return this.health.live();
  }

  @ApiOperation({ summary: 'Requests can be served: the database answers' })
  @Get('ready')
  @Answers(200, healthSchema)
  ready() {
    return this.health.ready();
  }
}
