import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, Repository } from 'typeorm';
import { assertCanEdit } from '../authentication/assert-can-edit.js';
import type { CurrentUser } from '../authentication/current-user.decorator.js';
import { CategoriesService } from '../categories/categories.service.js';
import type { Tagged } from '../conditional-requests/entity-tag.js';
import { PreconditionsService } from '../conditional-requests/preconditions.service.js';
import type { IdempotentRequest } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import type { Page } from '../pagination/page.schema.js';
import { PaginationService } from '../pagination/pagination.service.js';
import { Post } from './post.entity.js';
import type { CreatePost, PostResponse, UpdatePost } from './post.schema.js';
import { postFilters, postsQuery, type ListPosts } from './posts.query.js';

@Injectable()
export class PostsService {
  constructor(
    @InjectRepository(Post) private readonly posts: Repository<Post>,
    private readonly categories: CategoriesService,
    private readonly pagination: PaginationService,
    private readonly idempotency: IdempotencyService,
    private readonly preconditions: PreconditionsService,
  ) {}

  async findAll(request: ListPosts): Promise<Page<PostResponse>> {
    return this.pagination.findPage(postsQuery, request, postFilters(request));
  }

  async findOne(id: number, ifNoneMatch?: string): Promise<Tagged<PostResponse>> {
    return this.pagination.findOne(postsQuery, id, { ifNoneMatch });
  }

  async create(
    user: CurrentUser,
    { categoryIds, ...post }: CreatePost,
    request?: IdempotentRequest,
  ): Promise<Tagged<PostResponse>> {
    return this.idempotency.create(user.id, request, async (manager) => {
      const categories = await this.categories.findByIds(categoryIds, manager);
      const { id } = await manager.save(this.posts.create({ ...post, categories, authorId: user.id }));
      return this.pagination.findOne(postsQuery, id, { manager });
    });
  }

  /** Locks the row, so that of two updates at the same time neither is lost. */
  async update(
    user: CurrentUser,
    id: number,
    { categoryIds, ...changes }: UpdatePost,
    ifMatch?: string,
  ): Promise<Tagged<PostResponse>> {
    return this.posts.manager.transaction(async (manager) => {
      const post = await this.lockEditable(manager, user, id, ifMatch);
      if (categoryIds !== undefined) post.categories = await this.categories.findByIds(categoryIds, manager);
      await manager.save(Object.assign(post, changes, { updatedAt: new Date() }));
      return this.pagination.findOne(postsQuery, id, { manager });
    });
  }

  async remove(user: CurrentUser, id: number, ifMatch?: string): Promise<void> {
    await this.posts.manager.transaction(async (manager) => {
      await manager.remove(await this.lockEditable(manager, user, id, ifMatch));
    });
  }

  /** @throws ForbiddenException unless the user is its author or an admin @throws ProblemException 412 or 428 */
  private async lockEditable(manager: EntityManager, user: CurrentUser, id: number, ifMatch?: string): Promise<Post> {
    const post = await manager.findOneOrFail(Post, {
      where: { id },
      relations: { categories: true },
      relationLoadStrategy: 'query',
      lock: { mode: 'pessimistic_write' },
    });
    assertCanEdit(user, post.authorId);
    this.preconditions.assert(ifMatch, { name: postsQuery.name, id, version: post.version });
    return post;
  }
}
