import type { NestApplicationOptions } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import helmet from 'helmet';
import { serveOpenApi } from './app.openapi.js';
import type { Configuration } from './config/environment.js';
import { ClientErrors } from './cross-origin/client-errors.js';
import { Cors } from './cross-origin/cors.js';
import { RoutePolicies } from './cross-origin/route-policies.js';
import { UnsafeRequests } from './cross-origin/unsafe-requests.js';
import { ApiLogger } from './http/api-logger.js';
import { Draining } from './http/draining.js';
import { headerLimit } from './http/header-limit.js';
import { jsonBody } from './http/json-body.js';
import { Manners } from './http/manners.js';
import { requestContext } from './http/request-context.js';

/** The body is read after the checks, so Nest's own parser, which would come too early, stays out. */
export const applicationOptions: NestApplicationOptions = {
  bodyParser: false,
  bufferLogs: true,
  autoFlushLogs: false,
  abortOnError: false,
  routeConflictPolicy: { duplicate: 'error' },
};

/** What the server and its tests share beyond the module graph. The order is the order in which a request meets it. */
export function setUpApp(app: NestExpressApplication): NestExpressApplication {
  const config = app.get<Configuration>(ConfigService);
  app.useLogger(new ApiLogger(config));
  app.flushLogs();
  app.disable('x-powered-by');
  app.set('trust proxy', config.get('TRUST_PROXY', { infer: true }) ?? false);
  app.enableCors(app.get(Cors).options);
  app.use(requestContext);
  app.use(helmet(securityHeaders(config)));
  const cors = app.get(Cors);
  app.use(cors.use.bind(cors));
  app.use(headerLimit);
  for (const middleware of [app.get(Draining), app.get(UnsafeRequests), app.get(Manners)])
    app.use(middleware.use.bind(middleware));
  app.use(cookieParser());
  app.use(jsonBody);
  serveOpenApi(app, config);
  app.get(RoutePolicies).set('GET', '/openapi.json', { origins: 'any' });
  app.get(ClientErrors).listen(app.getHttpServer());
  return app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
}

/** Over plain http there is nothing to upgrade to, and a browser that tried would break Swagger UI. */
function securityHeaders(config: Configuration) {
  const isSecure = config.get('API_URL', { infer: true }).startsWith('https:');
  const directives = { upgradeInsecureRequests: isSecure ? [] : null };
  return { contentSecurityPolicy: { directives }, strictTransportSecurity: isSecure };
}
