import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Origin } from './origin.entity.js';
import { OriginsController } from './origins.controller.js';
import { OriginsService } from './origins.service.js';
import { StoredOrigins } from './stored-origins.js';

@Module({
  imports: [TypeOrmModule.forFeature([Origin])],
  controllers: [OriginsController],
  providers: [OriginsService, StoredOrigins],
})
export class OriginsModule {}
