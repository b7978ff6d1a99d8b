import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import type { Environment } from './environment.schema.js';
import { Secrets } from './secrets.js';

/** The validated environment, as `ConfigService`, for every module. */
@Global()
@Module({ providers: [Secrets], exports: [Secrets] })
export class EnvironmentModule {
  static async forRoot(environment: Environment): Promise<DynamicModule> {
    const config = await ConfigModule.forRoot({
      isGlobal: true,
      ignoreEnvFile: true,
      skipProcessEnv: true,
      validate: () => environment,
    });
    return { module: EnvironmentModule, imports: [config], exports: [ConfigModule] };
  }
}
