import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AllowedOrigins } from './allowed-origins.js';
import { CorsHeaders } from './cors-headers.js';
import { CorsOptionsFactory } from './cors-options.factory.js';
import { CsrfProtectionMiddleware } from './csrf-protection.middleware.js';
import { OriginVerdicts } from './origin-verdicts.js';
import { PreflightRefusalMiddleware } from './preflight-refusal.middleware.js';
import { RefusalLog } from './refusal-log.js';
import { RoutePolicies } from './route-policies.js';

/** Which origins may call, what their pages may read, and what is refused. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    AllowedOrigins,
    CorsHeaders,
    CorsOptionsFactory,
    CsrfProtectionMiddleware,
    OriginVerdicts,
    PreflightRefusalMiddleware,
    RefusalLog,
    RoutePolicies,
  ],
  exports: [AllowedOrigins, OriginVerdicts],
})
export class CrossOriginModule {}
