import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public } from '../authentication/current-user.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { idSchema, type Id } from '../http/input.schema.js';
import { WithLocation, WithNextPage } from '../http/links.js';
import { CategoriesService } from './categories.service.js';
import {
  createCategorySchema,
  listCategoriesSchema,
  categoryPageSchema,
  categorySchema,
  updateCategorySchema,
  type CreateCategory,
  type ListCategories,
  type UpdateCategory,
} from './category.schema.js';

@ApiTags('categories')
@Controller('categories')
export class CategoriesController {
  constructor(private readonly categories: CategoriesService) {}

  @ApiOperation({ summary: 'List categories' })
  @Get()
  @Public()
  @WithNextPage()
  @Answers(200, categoryPageSchema)
  findAll(@Query({ schema: listCategoriesSchema }) query: ListCategories) {
    return this.categories.findAll(query);
  }

  @ApiOperation({ summary: 'Read one category' })
  @Get(':id')
  @Public()
  @Answers(200, categorySchema)
  findOne(@Param({ schema: idSchema }) { id }: Id) {
    return this.categories.findOne(id);
  }

  @ApiOperation({ summary: 'Make a category' })
  @Post()
  @WithLocation()
  @Answers(201, categorySchema, 409)
  create(@CurrentUser() user: CurrentUser, @Body({ schema: createCategorySchema }) category: CreateCategory) {
    return this.categories.create(user, category);
  }

  @ApiOperation({ summary: 'Change what is sent of a category, leave the rest' })
  @Patch(':id')
  @Answers(200, categorySchema, 409)
  update(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idSchema }) { id }: Id,
    @Body({ schema: updateCategorySchema }) changes: UpdateCategory,
  ) {
    return this.categories.update(user, id, changes);
  }

  @ApiOperation({ summary: 'Delete a category' })
  @Delete(':id')
  @AnswersNothing(409)
  remove(@CurrentUser() user: CurrentUser, @Param({ schema: idSchema }) { id }: Id) {
    return this.categories.remove(user, id);
  }
}
