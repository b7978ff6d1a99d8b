import { Global, Module } from '@nestjs/common';
import { Cors } from './cors.js';
import { CrossOriginPolicy } from './cross-origin-policy.js';

@Global()
@Module({ providers: [Cors, CrossOriginPolicy], exports: [Cors, CrossOriginPolicy] })
export class CrossOriginModule {}
