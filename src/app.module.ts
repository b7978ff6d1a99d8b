import { Module, type DynamicModule } from '@nestjs/common';
import { AuthenticationModule } from './authentication/authentication.module.js';
import { CategoriesModule } from './categories/categories.module.js';
import { ConfigurationModule } from './config/configuration.module.js';
import { CrossOriginModule } from './cross-origin/cross-origin.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { OriginsModule } from './origins/origins.module.js';
import { PostsModule } from './posts/posts.module.js';
import { ProductsModule } from './products/products.module.js';
import { UsersModule } from './users/users.module.js';

const features = [
  AuthenticationModule,
  UsersModule,
  PostsModule,
  CategoriesModule,
  ProductsModule,
  OriginsModule,
  HealthModule,
];

@Module({})
export class AppModule {
  /** Rejects with a `ConfigurationError` when the environment cannot work. */
  static async forRoot(): Promise<DynamicModule> {
    const ground = [await ConfigurationModule.forRoot(), DatabaseModule, HttpModule, CrossOriginModule];
    return { module: AppModule, imports: [...ground, ...features] };
  }
}
