import { NestFactory } from '@nestjs/core';
import { ConfigService } from '@nestjs/config';
import { ConfigurationModule } from '../config/configuration.module.js';
import type { Configuration } from '../config/environment.js';
import { createDataSource, databaseOptions } from './data-source.js';

const context = await NestFactory.createApplicationContext(await ConfigurationModule.forRoot(), {
  logger: ['error', 'warn'],
});

/** For TypeORM's command line (`npm run migration:...`), which connects and disconnects by itself. */
export const dataSource = createDataSource(databaseOptions(context.get<Configuration>(ConfigService)));
