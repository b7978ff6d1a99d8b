import { Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Environment } from '../config/environment.schema.js';
import { connectAndMigrate } from './connect.js';
import { createDataSource, databaseOptions, type DatabaseOptions } from './data-source.js';
import { observePool } from './pool-metrics.js';
import { ReadsService } from './reads.service.js';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService<Environment, true>) => ({
        ...databaseOptions(config),
        toRetry: () => false,
      }),
      dataSourceFactory: (options) => {
        const dataSource = createDataSource(options as DatabaseOptions);
        observePool(dataSource);
        return connectAndMigrate(dataSource);
      },
    }),
  ],
  providers: [ReadsService],
  exports: [ReadsService],
})
export class DatabaseModule {}
