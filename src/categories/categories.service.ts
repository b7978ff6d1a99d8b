import { Injectable, UnprocessableEntityException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import type { CurrentUser } from '../authentication/current-user.js';
import { assertMayChange } from '../authentication/ownership.js';
import { PagesService } from '../database/pages.service.js';
import { categoriesListing } from './categories.listing.js';
import { Category } from './category.entity.js';
import type { CreateCategory, ListCategories, UpdateCategory } from './category.schema.js';

@Injectable()
export class CategoriesService {
  constructor(
    @InjectRepository(Category) private readonly categories: Repository<Category>,
    private readonly pages: PagesService,
  ) {}

  async findAll(query: ListCategories) {
    return this.pages.find(categoriesListing, query);
  }

  async findOne(id: number) {
    return this.pages.findOne(categoriesListing, id);
  }

  async create(user: CurrentUser, category: CreateCategory) {
    const { id } = await this.categories.save(this.categories.create({ ...category, creatorId: user.id }));
    return this.findOne(id);
  }

  async update(user: CurrentUser, id: number, changes: UpdateCategory) {
    await this.findOwn(user, id);
    await this.categories.update(id, { ...changes, updatedAt: new Date() });
    return this.findOne(id);
  }

  /** A category in use stays: the database restricts it, which becomes a 409. `repository.remove` would empty it first. */
  async remove(user: CurrentUser, id: number): Promise<void> {
    await this.findOwn(user, id);
    await this.categories.delete(id);
  }

  /** @throws UnprocessableEntityException that names the ids there is no category for */
  async require(ids: number[], manager = this.categories.manager): Promise<Category[]> {
    const found = await manager.findBy(Category, { id: In(ids) });
    const missing = ids.filter((id) => !found.some((category) => category.id === id));
    if (missing.length === 0) return found;
    const message = `There is no category ${missing.join(', ')}.`;
    throw new UnprocessableEntityException({
      message,
      errors: missing.map((id) => ({
        path: `categoryIds.${String(ids.indexOf(id))}`,
        message: `is no category: ${String(id)}`,
      })),
    });
  }

  private async findOwn(user: CurrentUser, id: number): Promise<Category> {
    const category = await this.categories.findOneByOrFail({ id });
    assertMayChange(user, category.creatorId);
    return category;
  }
}
