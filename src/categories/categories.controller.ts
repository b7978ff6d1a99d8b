import { Body, Controller, Delete, Get, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../authentication/current-user.decorator.js';
import { Public } from '../authentication/public.decorator.js';
import { CurrentEntityTags, TakesIfMatch, type EntityTags } from '../conditional-requests/entity-tags.decorator.js';
import {
  CurrentIdempotencyKey,
  TakesIdempotencyKey,
  type IdempotentRequest,
} from '../idempotency/idempotency-key.decorator.js';
import { Location } from '../http/location.decorator.js';
import { PubliclyCacheable } from '../http/publicly-cacheable.decorator.js';
import { CreatedResponse, NoContentResponse, OkResponse } from '../openapi/response.decorators.js';
import { NextLink } from '../pagination/next-link.decorator.js';
import type { Page } from '../pagination/page.schema.js';
import { idParams, type IdParams } from '../validation/field.schemas.js';
import { listCategoriesSchema, type ListCategories } from './categories.query.js';
import { CategoriesService } from './categories.service.js';
import {
  categoryPageSchema,
  categorySchema,
  createCategorySchema,
  updateCategorySchema,
  type CategoryResponse,
  type CreateCategory,
  type UpdateCategory,
} from './category.schema.js';

@ApiTags('categories')
@Controller('categories')
export class CategoriesController {
  constructor(private readonly categories: CategoriesService) {}

  @ApiOperation({ summary: 'List categories' })
  @Get()
  @Public()
  @PubliclyCacheable()
  @NextLink()
  @OkResponse(categoryPageSchema)
  findAll(@Query({ schema: listCategoriesSchema }) request: ListCategories): Promise<Page<CategoryResponse>> {
    return this.categories.findAll(request);
  }

  @ApiOperation({ summary: 'Read a category' })
  @Get(':id')
  @Public()
  @PubliclyCacheable()
  @OkResponse(categorySchema)
  async findOne(
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<CategoryResponse> {
    return tags.send(await this.categories.findOne(id, tags.ifNoneMatch));
  }

  @ApiOperation({ summary: 'Create a category' })
  @Post()
  @TakesIdempotencyKey()
  @Location()
  @CreatedResponse(categorySchema, HttpStatus.CONFLICT)
  async create(
    @CurrentUser() user: CurrentUser,
    @Body({ schema: createCategorySchema }) category: CreateCategory,
    @CurrentIdempotencyKey() request: IdempotentRequest | undefined,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<CategoryResponse> {
    return tags.send(await this.categories.create(user, category, request));
  }

  @ApiOperation({ summary: 'Update a category; fields that are not sent stay the same' })
  @Patch(':id')
  @TakesIfMatch()
  @OkResponse(categorySchema, HttpStatus.CONFLICT)
  async update(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: updateCategorySchema }) changes: UpdateCategory,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<CategoryResponse> {
    return tags.send(await this.categories.update(user, id, changes, tags.ifMatch));
  }

  @ApiOperation({ summary: 'Delete a category; not while it is in use' })
  @Delete(':id')
  @TakesIfMatch()
  @NoContentResponse(HttpStatus.CONFLICT)
  remove(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<void> {
    return this.categories.remove(user, id, tags.ifMatch);
  }
}
