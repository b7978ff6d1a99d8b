import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public } from '../authentication/current-user.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { idSchema, type Id } from '../http/input.schema.js';
import { WithLocation, WithNextPage } from '../http/links.js';
import { ProductsService } from './products.service.js';
import {
  createProductSchema,
  listProductsSchema,
  productPageSchema,
  productSchema,
  updateProductSchema,
  type CreateProduct,
  type ListProducts,
  type UpdateProduct,
} from './product.schema.js';

@ApiTags('products')
@Controller('products')
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @ApiOperation({ summary: 'List products' })
  @Get()
  @Public()
  @WithNextPage()
  @Answers(200, productPageSchema)
  findAll(@Query({ schema: listProductsSchema }) query: ListProducts) {
    return this.products.findAll(query);
  }

  @ApiOperation({ summary: 'Read one product' })
  @Get(':id')
  @Public()
  @Answers(200, productSchema)
  findOne(@Param({ schema: idSchema }) { id }: Id) {
    return this.products.findOne(id);
  }

  @ApiOperation({ summary: 'Make a product' })
  @Post()
  @WithLocation()
  @Answers(201, productSchema, 409, 422)
  create(@CurrentUser() user: CurrentUser, @Body({ schema: createProductSchema }) product: CreateProduct) {
    return this.products.create(user, product);
  }

  @ApiOperation({ summary: 'Change what is sent of a product, leave the rest' })
  @Patch(':id')
  @Answers(200, productSchema, 409, 422)
  update(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idSchema }) { id }: Id,
    @Body({ schema: updateProductSchema }) changes: UpdateProduct,
  ) {
    return this.products.update(user, id, changes);
  }

  @ApiOperation({ summary: 'Replace a product whole; what is left out gets its default' })
  @Put(':id')
  @Answers(200, productSchema, 409, 422)
  replace(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idSchema }) { id }: Id,
    @Body({ schema: createProductSchema }) product: CreateProduct,
  ) {
    return this.products.update(user, id, product);
  }

  @ApiOperation({ summary: 'Delete a product' })
  @Delete(':id')
  @AnswersNothing()
  remove(@CurrentUser() user: CurrentUser, @Param({ schema: idSchema }) { id }: Id) {
    return this.products.remove(user, id);
  }
}
