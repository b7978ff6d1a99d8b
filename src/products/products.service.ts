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
import { Product } from './product.entity.js';
import type { CreateProduct, ProductResponse, UpdateProduct } from './product.schema.js';
import { productFilters, productsQuery, type ListProducts } from './products.query.js';

@Injectable()
export class ProductsService {
  constructor(
    @InjectRepository(Product) private readonly products: Repository<Product>,
    private readonly categories: CategoriesService,
    private readonly pagination: PaginationService,
    private readonly idempotency: IdempotencyService,
    private readonly preconditions: PreconditionsService,
  ) {}

  async findAll(request: ListProducts): Promise<Page<ProductResponse>> {
    return this.pagination.findPage(productsQuery, request, productFilters(request));
  }

  async findOne(id: number, ifNoneMatch?: string): Promise<Tagged<ProductResponse>> {
    return this.pagination.findOne(productsQuery, id, { ifNoneMatch });
  }

  async create(
    user: CurrentUser,
    { categoryIds, ...product }: CreateProduct,
    request?: IdempotentRequest,
  ): Promise<Tagged<ProductResponse>> {
    return this.idempotency.create(user.id, request, async (manager) => {
      const categories = await this.categories.findByIds(categoryIds, manager);
      const created = this.products.create({ ...toColumns(product), categories, creatorId: user.id });
      const { id } = await manager.save(created);
      return this.pagination.findOne(productsQuery, id, { manager });
    });
  }

  /** Locks the row, so that of two updates at the same time neither is lost. */
  async update(
    user: CurrentUser,
    id: number,
    { categoryIds, ...changes }: UpdateProduct,
    ifMatch?: string,
  ): Promise<Tagged<ProductResponse>> {
    return this.products.manager.transaction(async (manager) => {
      const product = await this.lockEditable(manager, user, id, ifMatch);
      if (categoryIds !== undefined) product.categories = await this.categories.findByIds(categoryIds, manager);
      await manager.save(Object.assign(product, toColumns(changes), { updatedAt: new Date() }));
      return this.pagination.findOne(productsQuery, id, { manager });
    });
  }

  async remove(user: CurrentUser, id: number, ifMatch?: string): Promise<void> {
    await this.products.manager.transaction(async (manager) => {
      await manager.remove(await this.lockEditable(manager, user, id, ifMatch));
    });
  }

  /** @throws ForbiddenException unless the user created it or is an admin @throws ProblemException 412 or 428 */
  private async lockEditable(
    manager: EntityManager,
    user: CurrentUser,
    id: number,
    ifMatch?: string,
  ): Promise<Product> {
    const product = await manager.findOneOrFail(Product, {
      where: { id },
      relations: { categories: true },
      relationLoadStrategy: 'query',
      lock: { mode: 'pessimistic_write' },
    });
    assertCanEdit(user, product.creatorId);
    this.preconditions.assert(ifMatch, { name: productsQuery.name, id, version: product.version });
    return product;
  }
}

/** A price is two columns. */
function toColumns<Fields extends Omit<UpdateProduct, 'categoryIds'>>({ price, ...fields }: Fields) {
  return price === undefined ? fields : { ...fields, priceAmount: String(price.amount), priceCurrency: price.currency };
}
