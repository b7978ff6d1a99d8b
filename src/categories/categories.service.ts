import { HttpStatus, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, In, Repository } from 'typeorm';
import { assertCanEdit } from '../authentication/assert-can-edit.js';
import type { CurrentUser } from '../authentication/current-user.decorator.js';
import type { Tagged } from '../conditional-requests/entity-tag.js';
import { PreconditionsService } from '../conditional-requests/preconditions.service.js';
import type { IdempotentRequest } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import type { Page } from '../pagination/page.schema.js';
import { PaginationService } from '../pagination/pagination.service.js';
import { ProblemException } from '../problems/problem.exception.js';
import { categoriesQuery, type ListCategories } from './categories.query.js';
import { Category } from './category.entity.js';
import type { CategoryResponse, CreateCategory, UpdateCategory } from './category.schema.js';

@Injectable()
export class CategoriesService {
  constructor(
    @InjectRepository(Category) private readonly categories: Repository<Category>,
    private readonly pagination: PaginationService,
    private readonly idempotency: IdempotencyService,
    private readonly preconditions: PreconditionsService,
  ) {}

  async findAll(request: ListCategories): Promise<Page<CategoryResponse>> {
    return this.pagination.findPage(categoriesQuery, request);
  }

  async findOne(id: number, ifNoneMatch?: string): Promise<Tagged<CategoryResponse>> {
    return this.pagination.findOne(categoriesQuery, id, { ifNoneMatch });
  }

  async create(
    user: CurrentUser,
    category: CreateCategory,
    request?: IdempotentRequest,
  ): Promise<Tagged<CategoryResponse>> {
    return this.idempotency.create(user.id, request, async (manager) => {
      const { id } = await manager.save(this.categories.create({ ...category, creatorId: user.id }));
      return this.pagination.findOne(categoriesQuery, id, { manager });
    });
  }

  /** Locks the row, so that of two updates at the same time neither is lost. */
  async update(
    user: CurrentUser,
    id: number,
    changes: UpdateCategory,
    ifMatch?: string,
  ): Promise<Tagged<CategoryResponse>> {
    return this.categories.manager.transaction(async (manager) => {
      const category = await this.lockEditable(manager, user, id, ifMatch);
      await manager.save(Object.assign(category, changes, { updatedAt: new Date() }));
      return this.pagination.findOne(categoriesQuery, id, { manager });
    });
  }

  /** A category in use stays: the database refuses, which becomes a 409. `repository.remove` would empty it first. */
  async remove(user: CurrentUser, id: number, ifMatch?: string): Promise<void> {
    await this.categories.manager.transaction(async (manager) => {
      await this.lockEditable(manager, user, id, ifMatch);
      await manager.delete(Category, id);
    });
  }

  /** @throws ProblemException 422 that names the ids of categories that do not exist */
  async findByIds(ids: readonly number[], manager = this.categories.manager): Promise<Category[]> {
    const found = await manager.findBy(Category, { id: In([...new Set(ids)]) });
    const missing = [...new Set(ids)].filter((id) => !found.some((category) => category.id === id));
    if (missing.length > 0) throw categoriesNotFound(ids, missing);
    return found;
  }

  /** @throws ForbiddenException unless the user created it or is an admin @throws ProblemException 412 or 428 */
  private async lockEditable(
    manager: EntityManager,
    user: CurrentUser,
    id: number,
    ifMatch?: string,
  ): Promise<Category> {
    const category = await manager.findOneOrFail(Category, { where: { id }, lock: { mode: 'pessimistic_write' } });
    assertCanEdit(user, category.creatorId);
    this.preconditions.assert(ifMatch, { name: categoriesQuery.name, id, version: category.version });
    return category;
  }
}

function categoriesNotFound(ids: readonly number[], missing: readonly number[]): ProblemException {
  return new ProblemException(HttpStatus.UNPROCESSABLE_ENTITY, {
    detail: `There is no category ${missing.join(', ')}.`,
    errors: missing.map((id) => ({ path: `categoryIds.${ids.indexOf(id)}`, message: `is not a category: ${id}` })),
  });
}
