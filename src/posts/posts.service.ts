import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
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

  async update(user: CurrentUser, id: number, { categoryIds, ...changes }: UpdatePost) {
    const post = await this.findOwn(user, id);
    if (categoryIds !== undefined) post.categories = await this.categories.require(categoryIds);
    await this.posts.save(Object.assign(post, changes, { updatedAt: new Date() }));
    return this.findOne(id);
  }

  async remove(user: CurrentUser, id: number): Promise<void> {
    await this.posts.remove(await this.findOwn(user, id));
  }

  private async findOwn(user: CurrentUser, id: number): Promise<Post> {
    const post = await this.posts.findOneOrFail({ where: { id }, relations: { categories: true } });
    assertMayChange(user, post.authorId);
    return post;
  }
}
