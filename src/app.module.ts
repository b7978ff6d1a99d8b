import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccountsModule } from './accounts/accounts.module.js';
import { AdminGuard } from './authentication/admin.guard.js';
import { AuthenticationGuard } from './authentication/authentication.guard.js';
import { AuthenticationModule } from './authentication/authentication.module.js';
import { CategoriesModule } from './categories/categories.module.js';
import { EnvironmentModule } from './config/environment.module.js';
import { ConditionalRequestsModule } from './conditional-requests/conditional-requests.module.js';
import type { Environment } from './config/environment.schema.js';
import { loadEnvironment } from './config/load-environment.js';
import { CrossOriginModule } from './cross-origin/cross-origin.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { JsonBodyGuard } from './http/json-body.guard.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OriginsModule } from './origins/origins.module.js';
import { PaginationModule } from './pagination/pagination.module.js';
import { PostsModule } from './posts/posts.module.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { ProductsModule } from './products/products.module.js';
import { RateLimitGuard } from './rate-limits/rate-limit.guard.js';
import { RateLimitsModule } from './rate-limits/rate-limits.module.js';
import { WriteQuotaGuard } from './rate-limits/write-quota.guard.js';
import { TracesModule } from './traces/traces.module.js';
import { UsersModule } from './users/users.module.js';
import { SchemaValidationPipe } from './validation/schema-validation.pipe.js';

const infrastructure = [
  MetricsModule,
  DatabaseModule,
  HttpModule,
  ConditionalRequestsModule,
  PaginationModule,
  IdempotencyModule,
  CrossOriginModule,
  RateLimitsModule,
];

const features = [
  AuthenticationModule,
  AccountsModule,
  UsersModule,
  PostsModule,
  CategoriesModule,
  ProductsModule,
  OriginsModule,
  HealthModule,
];

@Module({
  providers: [
    // In this order: the body is read when all others have let the request pass.
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: AdminGuard },
    { provide: APP_GUARD, useClass: WriteQuotaGuard },
    { provide: APP_GUARD, useClass: JsonBodyGuard },
    { provide: APP_PIPE, useClass: SchemaValidationPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class AppModule {
  /** @throws ConfigurationError when the environment cannot work */
  static async forRoot(environment: Environment = loadEnvironment()): Promise<DynamicModule> {
    return {
      module: AppModule,
      imports: [
        await EnvironmentModule.forRoot(environment),
        await TracesModule.forRoot(environment),
        ...infrastructure,
        ...features,
      ],
    };
  }
}
