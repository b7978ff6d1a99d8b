import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, CurrentUser } from '../authentication/current-user.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { idSchema, type Id } from '../http/input.schema.js';
import { createOriginSchema, originPageSchema, originSchema, type CreateOrigin } from './origin.schema.js';
import { OriginsService } from './origins.service.js';

@ApiTags('origins')
@Controller('origins')
@AdminOnly()
export class OriginsController {
  constructor(private readonly origins: OriginsService) {}

  @ApiOperation({ summary: 'List the origins that may call this API' })
  @Get()
  @Answers(200, originPageSchema)
  findAll() {
    return this.origins.findAll();
  }

  @ApiOperation({ summary: 'Allow an origin, without a restart' })
  @Post()
  @Answers(201, originSchema, 409, 422)
  create(@CurrentUser() user: CurrentUser, @Body({ schema: createOriginSchema }) origin: CreateOrigin) {
    return this.origins.create(user, origin);
  }

  @ApiOperation({ summary: 'Allow it no more; origins of the configuration stay' })
  @Delete(':id')
  @AnswersNothing()
  remove(@Param({ schema: idSchema }) { id }: Id) {
    return this.origins.remove(id);
  }
}
