import { Global, Module } from '@nestjs/common';
import { PreconditionsService } from './preconditions.service.js';

/** Entity tags, for every feature. */
@Global()
@Module({ providers: [PreconditionsService], exports: [PreconditionsService] })
export class ConditionalRequestsModule {}
