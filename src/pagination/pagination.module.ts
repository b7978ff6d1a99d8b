import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { Cursors } from './cursors.js';
import { PaginationService } from './pagination.service.js';
import { SearchLimit } from './search-limit.js';

/** Lists page by page, for every feature. */
@Global()
@Module({
  imports: [DatabaseModule],
  providers: [Cursors, PaginationService, SearchLimit],
  exports: [PaginationService],
})
export class PaginationModule {}
