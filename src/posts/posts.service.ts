import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, Repository } from 'typeorm';
import type { CurrentUser } from '../authentication/current-user.js';
import { assertMayChange } from '../authentication/ownership.js';
import { CategoriesService } from '../categories/categories.service.js';
import { PagesService } from '../database/pages.service.js';
import { Post } from './post.entity.js';
import type { CreatePost, ListPosts, UpdatePost } from './post.schema.js';
import { postFilters, postsListing } from './posts.listing.js';

@Injectable()
export class PostsService {
  constructor(
    @InjectRepository(Post) private readonly posts: Repository<Post>,
    private readonly categories: CategoriesService,
    private readonly pages: PagesService,
  ) {}

  async findAll(query: ListPosts) {
    return this.pages.find(postsListing, query, postFilters(query));
  }

  async findOne(id: number) {
    return this.pages.findOne(postsListing, id);
  }

  async create(user: CurrentUser, { categoryIds, ...post }: CreatePost) {
    const categories = await this.categories.require(categoryIds);
    const { id } = await this.posts.save(this.posts.create({ ...post, categories, authorId: user.id }));
    return this.findOne(id);
  }

  /** Under a lock, so that two changes at the same moment both last. */
  async update(user: CurrentUser, id: number, { categoryIds, ...changes }: UpdatePost) {
    await this.posts.manager.transaction(async (manager) => {
      const post = await this.findOwn(manager, user, id);
      if (categoryIds !== undefined) post.categories = await this.categories.require(categoryIds, manager);
      await manager.save(Object.assign(post, changes, { updatedAt: new Date() }));
    });
    return this.findOne(id);
  }

  async remove(user: CurrentUser, id: number): Promise<void> {
    await this.posts.manager.transaction(async (manager) => {
      await manager.remove(await this.findOwn(manager, user, id));
    });
  }

  private async findOwn(manager: EntityManager, user: CurrentUser, id: number): Promise<Post> {
    const post = await manager.findOneOrFail(Post, {
      where: { id },
      relations: { categories: true },
      relationLoadStrategy: 'query',
      lock: { mode: 'pessimistic_write' },
    });
    assertMayChange(user, post.authorId);
    return post;
  }
}
