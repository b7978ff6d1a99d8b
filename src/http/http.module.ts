import { Global, Module } from '@nestjs/common';
import { AllowedMethodsMiddleware } from './allowed-methods.middleware.js';
import { ContentNegotiationMiddleware } from './content-negotiation.middleware.js';
import { GracefulShutdownMiddleware } from './graceful-shutdown.middleware.js';
import { GracefulShutdown } from './graceful-shutdown.js';
import { HostCheckMiddleware } from './host-check.middleware.js';
import { JsonBodyMiddleware } from './json-body.middleware.js';
import { JsonBody } from './json-body.js';
import { RequestMetricsMiddleware } from './request-metrics.middleware.js';
import { RouteTable } from './route-table.js';

/** What concerns the server rather than a feature. */
@Global()
@Module({
  providers: [
    AllowedMethodsMiddleware,
    ContentNegotiationMiddleware,
    GracefulShutdown,
    GracefulShutdownMiddleware,
    HostCheckMiddleware,
    JsonBody,
    JsonBodyMiddleware,
    RequestMetricsMiddleware,
    RouteTable,
  ],
  exports: [GracefulShutdown, JsonBody, RouteTable],
})
export class HttpModule {}
