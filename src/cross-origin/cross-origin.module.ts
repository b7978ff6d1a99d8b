import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ClientErrors } from './client-errors.js';
import { Cors } from './cors.js';
import { CrossOriginPolicy } from './cross-origin-policy.js';
import { Refusals } from './refusals.js';
import { RoutePolicies } from './route-policies.js';
import { UnsafeRequests } from './unsafe-requests.js';

/** The heart: which origins may call, what they are told, and what never gets through. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [ClientErrors, Cors, CrossOriginPolicy, Refusals, RoutePolicies, UnsafeRequests],
  exports: [ClientErrors, Cors, CrossOriginPolicy, UnsafeRequests],
})
export class CrossOriginModule {}
