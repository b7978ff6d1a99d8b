import { Body, Controller, Delete, Get, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../authentication/admin-only.decorator.js';
import { CurrentUser } from '../authentication/current-user.decorator.js';
import { Location } from '../http/location.decorator.js';
import { CreatedResponse, NoContentResponse, OkResponse } from '../openapi/response.decorators.js';
import type { List } from '../pagination/page.schema.js';
import { idParams, type IdParams } from '../validation/field.schemas.js';
import {
  createOriginSchema,
  originPageSchema,
  originSchema,
  type CreateOrigin,
  type OriginResponse,
} from './origin.schema.js';
import { OriginsService } from './origins.service.js';

@ApiTags('origins')
@Controller('origins')
@AdminOnly()
export class OriginsController {
  constructor(private readonly origins: OriginsService) {}

  @ApiOperation({ summary: 'List the allowed origins' })
  @Get()
  @OkResponse(originPageSchema)
  findAll(): Promise<List<OriginResponse>> {
    return this.origins.findAll();
  }

  @ApiOperation({ summary: 'Allow an origin; no restart is needed' })
  @Post()
  @Location()
  @CreatedResponse(originSchema, HttpStatus.CONFLICT, HttpStatus.UNPROCESSABLE_ENTITY)
  create(
    @CurrentUser() user: CurrentUser,
    @Body({ schema: createOriginSchema }) origin: CreateOrigin,
  ): Promise<OriginResponse> {
    return this.origins.create(user, origin);
  }

  @ApiOperation({ summary: 'Remove an allowed origin; those of FRONTEND_URL stay' })
  @Delete(':id')
  @NoContentResponse()
  remove(@Param({ schema: idParams }) { id }: IdParams): Promise<void> {
    return this.origins.remove(id);
  }
}
