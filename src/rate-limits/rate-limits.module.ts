import { Global, Module } from '@nestjs/common';
import { LogInLimits } from './log-in-limits.js';
import { RateLimiters } from './rate-limiters.js';
import { RequestLimits } from './request-limits.js';

@Global()
@Module({
  providers: [LogInLimits, RateLimiters, RequestLimits],
  exports: [LogInLimits, RateLimiters, RequestLimits],
})
export class RateLimitsModule {}
