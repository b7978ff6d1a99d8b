import './start-up/exit-on-signal.js';
import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { applicationOptions, useRequestChecks, useRequestParsing } from './app.setup.js';
import type { Environment } from './config/environment.schema.js';
import { loadEnvironment } from './config/load-environment.js';
import { CorsOptionsFactory } from './cross-origin/cors-options.factory.js';
import { CsrfProtectionMiddleware } from './cross-origin/csrf-protection.middleware.js';
import { exitWhenShutdownTakesTooLong } from './http/graceful-shutdown.js';
import { HttpAdapter } from './http/http-adapter.js';
import { assertPortIsFree } from './start-up/port-check.js';
import { activationSocket } from './start-up/socket-activation.js';
import { describeStartFailure, logStart } from './start-up/start-log.js';

async function bootstrap(): Promise<void> {
  const environment = loadEnvironment();
  const socket = activationSocket();
  if (socket === undefined) await assertPortIsFree(environment);
  const app = await NestFactory.create<NestExpressApplication>(
    await AppModule.forRoot(environment),
    new HttpAdapter(socket),
    applicationOptions(environment),
  );
  const config = app.get<ConfigService<Environment, true>>(ConfigService);
  const origins = config.get('FRONTEND_URL', { infer: true });

  // Pages of these origins may read the responses, and send the cookie.
  app.enableCors(app.get(CorsOptionsFactory).create({ origins, credentials: true }));
  useRequestChecks(app);
  // Pages of other origins may not write: CORS would let them.
  app.use(app.get(CsrfProtectionMiddleware).use);
  useRequestParsing(app);
  if (process.argv.includes('--demo')) await (await import('./commands/seed-demo.js')).seedDemo(app);

  await app.listen(config.get('PORT', { infer: true }), config.get('HOST', { infer: true }));
  logStart(config, socket);
  exitWhenShutdownTakesTooLong(config.get('SHUTDOWN_DELAY', { infer: true }));
}

try {
  await bootstrap();
} catch (error) {
  console.error(describeStartFailure(error));
  process.exit(1);
}
