import { Global, Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Configuration } from '../config/environment.js';
import { ApiLogger } from '../http/api-logger.js';
import { connectAndMigrate } from './connect.js';
import { createDataSource, databaseOptions, type DatabaseOptions } from './data-source.js';
import { PagesService } from './pages.service.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: Configuration) => ({
        ...databaseOptions(config),
        toRetry: () => false,
        startUpLogger: new ApiLogger(config),
      }),
      dataSourceFactory: (options) => {
        const { startUpLogger, ...database } = options as DatabaseOptions & { startUpLogger: ApiLogger };
        return connectAndMigrate(createDataSource(database), startUpLogger);
      },
    }),
  ],
  providers: [PagesService],
  exports: [PagesService],
})
export class DatabaseModule {}
