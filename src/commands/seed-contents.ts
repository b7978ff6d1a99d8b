import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, ILike } from 'typeorm';
import { Category } from '../categories/category.entity.js';
import { CategoriesService } from '../categories/categories.service.js';
import { Post } from '../posts/post.entity.js';
import { createPostSchema } from '../posts/post.schema.js';
import { PostsService } from '../posts/posts.service.js';
import { Product } from '../products/product.entity.js';
import { createProductSchema } from '../products/product.schema.js';
import { ProductsService } from '../products/products.service.js';
import type { User } from '../users/user.entity.js';
import type { SeedAccount } from './seed-accounts.js';
import { categories, type CategoryName } from './seed-data/categories.js';
import { posts } from './seed-data/posts.js';
import { products } from './seed-data/products.js';
import { people, type PersonEmail } from './seed-data/users.js';

/** @returns how many were created, as the other functions here do */
export async function seedCategories(app: INestApplicationContext, accounts: SeedAccount[]): Promise<number> {
  let created = 0;
  for (const category of categories) {
    if (await findCategory(app, category.name)) continue;
    await app.get(CategoriesService).create(userOf(accounts, people[0].email), category);
    created += 1;
  }
  return created;
}

export async function seedPosts(app: INestApplicationContext, accounts: SeedAccount[]): Promise<number> {
  let created = 0;
  for (const { author, categories, ...post } of posts) {
    const user = userOf(accounts, author);
    if (await app.get(DataSource).manager.existsBy(Post, { title: post.title, authorId: user.id })) continue;
    const categoryIds = await categoryIdsOf(app, categories);
    await app.get(PostsService).create(user, createPostSchema.parse({ ...post, categoryIds }));
    created += 1;
  }
  return created;
}

export async function seedProducts(app: INestApplicationContext, accounts: SeedAccount[]): Promise<number> {
  let created = 0;
  for (const [index, { categories, ...product }] of products.entries()) {
    const { sku, name } = product;
    if (await app.get(DataSource).manager.existsBy(Product, sku === undefined ? { name } : { sku })) continue;
    const creator = userOf(accounts, (people[index % people.length] ?? people[0]).email);
    const categoryIds = await categoryIdsOf(app, categories);
    await app.get(ProductsService).create(creator, createProductSchema.parse({ ...product, categoryIds }));
    created += 1;
  }
  return created;
}

function userOf(accounts: SeedAccount[], email: PersonEmail): User {
  return (accounts.find((account) => account.email === email) as SeedAccount).user;
}

/** Names are unique regardless of case. */
async function findCategory(app: INestApplicationContext, name: CategoryName): Promise<Category | null> {
  return app.get(DataSource).manager.findOneBy(Category, { name: ILike(name) });
}

async function categoryIdsOf(app: INestApplicationContext, names: CategoryName[]): Promise<number[]> {
  const found = await Promise.all(names.map((name) => findCategory(app, name)));
  return found.flatMap((category) => category?.id ?? []);
}
