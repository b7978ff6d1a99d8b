import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from '../app.module.js';
import { AuthenticationService } from '../authentication/authentication.service.js';
import type { CurrentUser } from '../authentication/current-user.js';
import { CategoriesService } from '../categories/categories.service.js';
import { PostsService } from '../posts/posts.service.js';
import { ProductsService } from '../products/products.service.js';
import { User } from '../users/user.entity.js';
import { categories, password, posts, products, users } from './seed.data.js';

// Through the same services as a request, so that the demo obeys the same rules.
try {
  const app = await NestFactory.createApplicationContext(await AppModule.forRoot(), {
    logger: false,
    abortOnError: false,
  });
  if (await app.get(DataSource).getRepository(User).existsBy({ email: users[0].email })) {
    console.log('The demo is there already; nothing was changed.');
  } else {
    const people = await Promise.all(
      users.map((user) => app.get(AuthenticationService).register({ ...user, password })),
    );
    const person = (index: number) => people[index % people.length] as unknown as CurrentUser;
    const ids = new Map<string, number>();
    for (const category of categories) {
      ids.set(category.name, (await app.get(CategoriesService).create(person(0), category)).id);
    }
    const idsOf = (names: string[]) => names.map((name) => ids.get(name) ?? 0);
    for (const [index, { categories: names, ...post }] of posts.entries())
      await app.get(PostsService).create(person(index), { ...post, categoryIds: idsOf(names) });
    for (const [index, { categories: names, ...product }] of products.entries())
      await app.get(ProductsService).create(person(index), { ...product, categoryIds: idsOf(names) });
    console.log(
      `Made ${users.length} users, ${categories.length} categories, ${posts.length} posts, ${products.length} products.`,
    );
    console.log(`Log in as ${users[0].email} with the password ${password}`);
  }
  await app.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
