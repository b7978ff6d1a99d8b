import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { validateEnvironment } from './environment.js';
import { Secrets } from './secrets.js';

/** The environment, read once and for everybody. */
@Global()
@Module({ providers: [Secrets], exports: [Secrets] })
export class ConfigurationModule {
  /** Reads `process.env`, and outside tests a `.env` file beside it. Rejects with a `ConfigurationError`. */
  static async forRoot(): Promise<DynamicModule> {
    const config = await ConfigModule.forRoot({
      isGlobal: true,
      skipProcessEnv: true,
      ignoreEnvFile: process.env.NODE_ENV === 'test',
      validate: validateEnvironment,
    });
    return { module: ConfigurationModule, imports: [config], exports: [ConfigModule] };
  }
}
