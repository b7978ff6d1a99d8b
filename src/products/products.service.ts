import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, Repository } from 'typeorm';
import type { CurrentUser } from '../authentication/current-user.js';
import { assertMayChange } from '../authentication/ownership.js';
import { CategoriesService } from '../categories/categories.service.js';
import { PagesService } from '../database/pages.service.js';
import { Product } from './product.entity.js';
import type { CreateProduct, ListProducts, UpdateProduct } from './product.schema.js';
import { productFilters, productsListing } from './products.listing.js';

@Injectable()
export class ProductsService {
  constructor(
    @InjectRepository(Product) private readonly products: Repository<Product>,
    private readonly categories: CategoriesService,
    private readonly pages: PagesService,
  ) {}

  async findAll(query: ListProducts) {
    return this.pages.find(productsListing, query, productFilters(query));
  }

  async findOne(id: number) {
    return this.pages.findOne(productsListing, id);
  }

  async create(user: CurrentUser, { categoryIds, ...product }: CreateProduct) {
    const categories = await this.categories.require(categoryIds);
    const { id } = await this.products.save(
      this.products.create({ ...columns(product), categories, creatorId: user.id }),
    );
    return this.findOne(id);
  }

  /** Under a lock, so that two changes at the same moment both last. */
  async update(user: CurrentUser, id: number, { categoryIds, ...changes }: UpdateProduct) {
    await this.products.manager.transaction(async (manager) => {
      const product = await this.findOwn(manager, user, id);
      if (categoryIds !== undefined) product.categories = await this.categories.require(categoryIds, manager);
      await manager.save(Object.assign(product, columns(changes), { updatedAt: new Date() }));
    });
    return this.findOne(id);
  }

  async remove(user: CurrentUser, id: number): Promise<void> {
    await this.products.manager.transaction(async (manager) => {
      await manager.remove(await this.findOwn(manager, user, id));
    });
  }

  private async findOwn(manager: EntityManager, user: CurrentUser, id: number): Promise<Product> {
    const product = await manager.findOneOrFail(Product, {
      where: { id },
      relations: { categories: true },
      relationLoadStrategy: 'query',
      lock: { mode: 'pessimistic_write' },
    });
    assertMayChange(user, product.creatorId);
    return product;
  }
}

/** A price is two columns. */
function columns<Fields extends Omit<UpdateProduct, 'categoryIds'>>({ price, ...fields }: Fields) {
  return price === undefined ? fields : { ...fields, priceAmount: String(price.amount), priceCurrency: price.currency };
}
