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
  createPostSchema,
  postPageSchema,
  postSchema,
  updatePostSchema,
  type CreatePost,
  type PostResponse,
  type UpdatePost,
} from './post.schema.js';
import { listPostsSchema, type ListPosts } from './posts.query.js';
import { PostsService } from './posts.service.js';

/** 100,000 characters, with some room for those that JSON escapes. */
const maxPostBytes = 1_048_576;

@ApiTags('posts')
@Controller('posts')
export class PostsController {
  constructor(private readonly posts: PostsService) {}

  @ApiOperation({ summary: 'List posts' })
  @Get()
  @Public()
  @PubliclyCacheable()
  @NextLink()
  @OkResponse(postPageSchema)
  findAll(@Query({ schema: listPostsSchema }) request: ListPosts): Promise<Page<PostResponse>> {
    return this.posts.findAll(request);
  }

  @ApiOperation({ summary: 'Read a post' })
  @Get(':id')
  @Public()
  @PubliclyCacheable()
  @OkResponse(postSchema)
  async findOne(
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<PostResponse> {
    return tags.send(await this.posts.findOne(id, tags.ifNoneMatch));
  }

  @ApiOperation({ summary: 'Create a post' })
  @Post()
  @TakesIdempotencyKey()
  @BodyLimit(maxPostBytes)
  @Location()
  @CreatedResponse(postSchema, HttpStatus.UNPROCESSABLE_ENTITY)
  async create(
    @CurrentUser() user: CurrentUser,
    @Body({ schema: createPostSchema }) post: CreatePost,
    @CurrentIdempotencyKey() request: IdempotentRequest | undefined,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<PostResponse> {
    return tags.send(await this.posts.create(user, post, request));
  }

  @ApiOperation({ summary: 'Update a post; fields that are not sent stay the same' })
  @Patch(':id')
  @TakesIfMatch()
  @BodyLimit(maxPostBytes)
  @OkResponse(postSchema, HttpStatus.UNPROCESSABLE_ENTITY)
  async update(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: updatePostSchema }) changes: UpdatePost,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<PostResponse> {
    return tags.send(await this.posts.update(user, id, changes, tags.ifMatch));
  }

  @ApiOperation({ summary: 'Replace a post; a field that is left out gets its default' })
  @Put(':id')
  @TakesIfMatch()
  @BodyLimit(maxPostBytes)
  @OkResponse(postSchema, HttpStatus.UNPROCESSABLE_ENTITY)
  async replace(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: createPostSchema }) post: CreatePost,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<PostResponse> {
    return tags.send(await this.posts.update(user, id, post, tags.ifMatch));
  }

  @ApiOperation({ summary: 'Delete a post' })
  @Delete(':id')
  @TakesIfMatch()
  @NoContentResponse()
  remove(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<void> {
    return this.posts.remove(user, id, tags.ifMatch);
  }
}
