import type { NestApplicationOptions } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import type { Environment } from './config/environment.schema.js';
import { PreflightRefusalMiddleware } from './cross-origin/preflight-refusal.middleware.js';
import { AllowedMethodsMiddleware } from './http/allowed-methods.middleware.js';
import { cacheControl, noStore } from './http/cache-control.js';
import { ContentNegotiationMiddleware } from './http/content-negotiation.middleware.js';
import { GracefulShutdownMiddleware } from './http/graceful-shutdown.middleware.js';
import { HostCheckMiddleware } from './http/host-check.middleware.js';
import { JsonBodyMiddleware } from './http/json-body.middleware.js';
import { RequestMetricsMiddleware } from './http/request-metrics.middleware.js';
import { requestFailure } from './http/request-failure.js';
import { requestLimits } from './http/request-limits.middleware.js';
import { ApiLogger } from './logging/api-logger.js';
import { requestContextMiddleware } from './logging/request-context.middleware.js';
import { setUpOpenApi } from './openapi/openapi.setup.js';
import { RequestSpans } from './traces/request-spans.js';

/** The body is read after the checks, so the parser of Nest, which would run before them, is off. */
export const applicationOptions = (environment: Environment): NestApplicationOptions => ({
  logger: new ApiLogger(environment),
  bodyParser: false,
  abortOnError: false,
  routeConflictPolicy: { duplicate: 'error' },
});

/** What every request meets before CSRF protection, in this order. */
export function useRequestChecks(app: NestExpressApplication): void {
  const config = app.get<ConfigService<Environment, true>>(ConfigService);
  app.set('trust proxy', config.get('TRUST_PROXY', { infer: true }) ?? false);
  app.use(requestContextMiddleware);
  const { use: traceRequest } = app.get(RequestSpans);
  if (traceRequest !== undefined) app.use(traceRequest);
  app.use(cacheControl(noStore)); // unless a route is @PubliclyCacheable()
  app.use(app.get(RequestMetricsMiddleware).use);
  app.useSecurityHeaders(securityHeaders(config.get('API_URL', { infer: true })));
  app.use(requestFailure);
  app.use(app.get(PreflightRefusalMiddleware).use);
  app.use(requestLimits);
  app.use(app.get(HostCheckMiddleware).use);
  app.use(app.get(GracefulShutdownMiddleware).use);
}

/** What follows CSRF protection, in this order, up to the controllers. */
export function useRequestParsing(app: NestExpressApplication): void {
  app.use(app.get(AllowedMethodsMiddleware).use);
  app.use(app.get(ContentNegotiationMiddleware).use);
  app.use(cookieParser());
  app.use(app.get(JsonBodyMiddleware).use);
  setUpOpenApi(app);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
}

/** Over plain http there is nothing to upgrade to: a browser that tried could not load Swagger UI. */
function securityHeaders({ protocol }: URL) {
  const isSecure = protocol === 'https:';
  const directives = { upgradeInsecureRequests: isSecure ? [] : null };
  return { contentSecurityPolicy: { directives }, strictTransportSecurity: isSecure };
}
