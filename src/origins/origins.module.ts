import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Origin } from './origin.entity.js';
import { OriginsController } from './origins.controller.js';
import { OriginsService } from './origins.service.js';
import { StoredOriginsService } from './stored-origins.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Origin])],
  controllers: [OriginsController],
  providers: [OriginsService, StoredOriginsService],
})
export class OriginsModule {}
