import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { applicationOptions, setUpApp } from './app.setup.js';
import { HttpAdapter } from './http/http-adapter.js';
import { ConfigurationError, type Configuration } from './config/environment.js';

/** In milliseconds: a little longer than running requests are given (`http/draining.ts`). */
const patience = 9_500;

try {
  const app = await NestFactory.create<NestExpressApplication>(
    await AppModule.forRoot(),
    new HttpAdapter(),
    applicationOptions,
  );
  const config = setUpApp(app).get<Configuration>(ConfigService);
  await app.listen(config.get('PORT', { infer: true }), config.get('HOST', { infer: true }));
  // A pool whose server is gone without a word would wait for it for ever.
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => setTimeout(() => process.exit(0), patience).unref());
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(1);
}
