import { Body, Controller, Delete, Get, HttpStatus, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../authentication/current-user.decorator.js';
import { Public } from '../authentication/public.decorator.js';
import { CurrentEntityTags, TakesIfMatch, type EntityTags } from '../conditional-requests/entity-tags.decorator.js';
import { BodyLimit } from '../http/body-limit.decorator.js';
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
import {
  createProductSchema,
  productPageSchema,
  productSchema,
  updateProductSchema,
  type CreateProduct,
  type ProductResponse,
  type UpdateProduct,
} from './product.schema.js';
import { listProductsSchema, type ListProducts } from './products.query.js';
import { ProductsService } from './products.service.js';

/** 10,000 characters of description, and properties. */
const maxProductBytes = 262_144;

@ApiTags('products')
@Controller('products')
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @ApiOperation({ summary: 'List products' })
  @Get()
  @Public()
  @PubliclyCacheable()
  @NextLink()
  @OkResponse(productPageSchema)
  findAll(@Query({ schema: listProductsSchema }) request: ListProducts): Promise<Page<ProductResponse>> {
    return this.products.findAll(request);
  }

  @ApiOperation({ summary: 'Read a product' })
  @Get(':id')
  @Public()
  @PubliclyCacheable()
  @OkResponse(productSchema)
  async findOne(
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<ProductResponse> {
    return tags.send(await this.products.findOne(id, tags.ifNoneMatch));
  }

  @ApiOperation({ summary: 'Create a product' })
  @Post()
  @TakesIdempotencyKey()
  @BodyLimit(maxProductBytes)
  @Location()
  @CreatedResponse(productSchema, HttpStatus.CONFLICT, HttpStatus.UNPROCESSABLE_ENTITY)
  async create(
    @CurrentUser() user: CurrentUser,
    @Body({ schema: createProductSchema }) product: CreateProduct,
    @CurrentIdempotencyKey() request: IdempotentRequest | undefined,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<ProductResponse> {
    return tags.send(await this.products.create(user, product, request));
  }

  @ApiOperation({ summary: 'Update a product; fields that are not sent stay the same' })
  @Patch(':id')
  @TakesIfMatch()
  @BodyLimit(maxProductBytes)
  @OkResponse(productSchema, HttpStatus.CONFLICT, HttpStatus.UNPROCESSABLE_ENTITY)
  async update(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: updateProductSchema }) changes: UpdateProduct,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<ProductResponse> {
    return tags.send(await this.products.update(user, id, changes, tags.ifMatch));
  }

  @ApiOperation({ summary: 'Replace a product; a field that is left out gets its default' })
  @Put(':id')
  @TakesIfMatch()
  @BodyLimit(maxProductBytes)
  @OkResponse(productSchema, HttpStatus.CONFLICT, HttpStatus.UNPROCESSABLE_ENTITY)
  async replace(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: createProductSchema }) product: CreateProduct,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<ProductResponse> {
    return tags.send(await this.products.update(user, id, product, tags.ifMatch));
  }

  @ApiOperation({ summary: 'Delete a product' })
  @Delete(':id')
  @TakesIfMatch()
  @NoContentResponse()
  remove(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<void> {
    return this.products.remove(user, id, tags.ifMatch);
  }
}
