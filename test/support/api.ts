import { Module, type Type } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module.js';
import { applicationOptions, useRequestChecks, useRequestParsing } from '../../src/app.setup.js';
import type { Environment } from '../../src/config/environment.schema.js';
import { loadEnvironment } from '../../src/config/load-environment.js';
import { CorsOptionsFactory } from '../../src/cross-origin/cors-options.factory.js';
import { CsrfProtectionMiddleware } from '../../src/cross-origin/csrf-protection.middleware.js';
import { HttpAdapter } from '../../src/http/http-adapter.js';
import { createTestDatabase } from './database.js';
import { RecordedResponses } from './recorded-responses.js';

export const frontend = 'http://localhost:5173';

/** The same application as in production, on a port of its own and a database of its own. */
export interface Api {
  app: NestExpressApplication;
  dataSource: DataSource;
  url: string;
  port: number;
  /** One request without cookies. */
  request: ReturnType<typeof request>;
  /** A browser: it keeps its cookies. */
  agent: () => ReturnType<typeof request.agent>;
  responses: RecordedResponses;
  /** @throws Error when a response was not as the OpenAPI document says */
  close: () => Promise<void>;
}

/**
 * @param environment what to set beside or instead of the defaults of the tests
 * @param controllers routes for a test alone, for example one that fails
 * @param prepare what an application of somebody else may do, for example set a global prefix
 * @param modules those of a test alone
 */
export async function startApi(
  environment: Record<string, string | undefined> = {},
  controllers: Type[] = [],
  prepare: (app: NestExpressApplication) => void = () => undefined,
  modules: Type[] = [],
): Promise<Api> {
  const database = await createTestDatabase();
  const app = await create({ ...database.environment, ...environment }, controllers, modules).catch(
    async (error: unknown) => {
      await database.drop();
      throw error;
    },
  );
  prepare(app);
  const responses = new RecordedResponses(app, controllers);
  try {
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    await database.drop();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;
  await responses.readDocument(url);
  return {
    app,
    url,
    port,
    dataSource: app.get(DataSource),
    request: request(url),
    agent: () => request.agent(url),
    responses,
    close: async () => {
      await app.close();
      await database.drop();
      responses.assertDocumented();
    },
  };
}

/** The environment is read once, while the application is created; afterwards the test process has its own back. */
async function create(environment: Record<string, string | undefined>, controllers: Type[], modules: Type[]) {
  const before = { ...process.env };
  const defaults = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    BCRYPT_COST: '4',
    AUTHENTICATION_REQUESTS: '100000',
    PASSWORD_REQUESTS: '100000',
    WRITE_QUOTA: '1000000',
    MAILS_PER_HOUR: '1000',
    DATABASE_POOL_SIZE: '4',
    ALLOWED_HOSTS: 'api,internal',
  };
  const keys: Record<string, string | undefined> = { ...defaults, ...environment };
  for (const [key, value] of Object.entries(keys)) {
    if (value === undefined) Reflect.deleteProperty(process.env, key);
    else process.env[key] = value;
  }
  try {
    const environment = loadEnvironment();
    @Module({ imports: [await AppModule.forRoot(environment), ...modules], controllers })
    class TestModule {}
    const options = applicationOptions(environment);
    return configure(await NestFactory.create<NestExpressApplication>(TestModule, new HttpAdapter(), options));
  } finally {
    for (const key of Object.keys(process.env)) if (!(key in before)) Reflect.deleteProperty(process.env, key);
    Object.assign(process.env, before);
  }
}

/** As in `src/main.ts`; `test/main.e2e.spec.ts` compares the two. */
function configure(app: NestExpressApplication): NestExpressApplication {
  const config = app.get<ConfigService<Environment, true>>(ConfigService);
  const origins = config.get('FRONTEND_URL', { infer: true });
  app.enableCors(app.get(CorsOptionsFactory).create({ origins, credentials: true }));
  useRequestChecks(app);
  app.use(app.get(CsrfProtectionMiddleware).use);
  useRequestParsing(app);
  return app;
}
