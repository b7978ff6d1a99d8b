import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../authentication/public.decorator.js';
import { CrossOrigin } from '../cross-origin/cross-origin.decorator.js';
import { OkResponse } from '../openapi/response.decorators.js';
import { healthSchema, type Health } from './health.schema.js';
import { HealthService } from './health.service.js';

@ApiTags('health')
@Controller('health')
@Public()
@CrossOrigin({ origins: 'any' })
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @ApiOperation({ summary: 'Liveness: the process runs; the database is not asked' })
  @Get('live')
  @OkResponse(healthSchema)
  live(): Health {
    return this.health.live();
  }

  @ApiOperation({ summary: 'Readiness: the database is available' })
  @Get('ready')
  @OkResponse(healthSchema)
  ready(): Promise<Health> {
    return this.health.ready();
  }
}
