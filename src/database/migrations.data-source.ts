import { NestFactory } from '@nestjs/core';
import { ConfigService } from '@nestjs/config';
import { EnvironmentModule } from '../config/environment.module.js';
import type { Environment } from '../config/environment.schema.js';
import { loadEnvironment } from '../config/load-environment.js';
import { createDataSource, databaseOptions } from './data-source.js';

const context = await NestFactory.createApplicationContext(await EnvironmentModule.forRoot(loadEnvironment()), {
  logger: ['error', 'warn'],
});

/** For TypeORM's command line (`npm run migration:...`), which connects and disconnects by itself. */
export const dataSource = createDataSource(
  databaseOptions(context.get<ConfigService<Environment, true>>(ConfigService)),
);
