import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Public } from '../authentication/current-user.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { idSchema, type Id } from '../http/input.schema.js';
import { WithLocation, WithNextPage } from '../http/links.js';
import { PostsService } from './posts.service.js';
import {
  createPostSchema,
  listPostsSchema,
  postPageSchema,
  postSchema,
  updatePostSchema,
  type CreatePost,
  type ListPosts,
  type UpdatePost,
} from './post.schema.js';

@ApiTags('posts')
@Controller('posts')
export class PostsController {
  constructor(private readonly posts: PostsService) {}

  @ApiOperation({ summary: 'List posts' })
  @Get()
  @Public()
  @WithNextPage()
  @Answers(200, postPageSchema)
  findAll(@Query({ schema: listPostsSchema }) query: ListPosts) {
    return this.posts.findAll(query);
  }

  @ApiOperation({ summary: 'Read one post' })
  @Get(':id')
  @Public()
  @Answers(200, postSchema)
  findOne(@Param({ schema: idSchema }) { id }: Id) {
    return this.posts.findOne(id);
  }

  @ApiOperation({ summary: 'Make a post' })
  @Post()
  @WithLocation()
  @Answers(201, postSchema, 422)
  create(@CurrentUser() user: CurrentUser, @Body({ schema: createPostSchema }) post: CreatePost) {
    return this.posts.create(user, post);
  }

  @ApiOperation({ summary: 'Change what is sent of a post, leave the rest' })
  @Patch(':id')
  @Answers(200, postSchema, 422)
  update(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idSchema }) { id }: Id,
    @Body({ schema: updatePostSchema }) changes: UpdatePost,
  ) {
    return this.posts.update(user, id, changes);
  }

  @ApiOperation({ summary: 'Replace a post whole; what is left out gets its default' })
  @Put(':id')
  @Answers(200, postSchema, 422)
  replace(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idSchema }) { id }: Id,
    @Body({ schema: createPostSchema }) post: CreatePost,
  ) {
    return this.posts.update(user, id, post);
  }

  @ApiOperation({ summary: 'Delete a post' })
  @Delete(':id')
  @AnswersNothing()
  remove(@CurrentUser() user: CurrentUser, @Param({ schema: idSchema }) { id }: Id) {
    return this.posts.remove(user, id);
  }
}
