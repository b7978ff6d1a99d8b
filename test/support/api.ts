import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module.js';
import { applicationOptions, setUpApp } from '../../src/app.setup.js';
import { HttpAdapter } from '../../src/http/http-adapter.js';
import { createTestDatabase } from './database.js';
import { noteHeaders } from './emitted-headers.js';

export const frontend = 'http://localhost:5173';

/** The very same application as in production, on a port of its own and a database of its own. */
export interface Api {
  app: NestExpressApplication;
  dataSource: DataSource;
  url: string;
  port: number;
  /** One request without cookies. */
  request: ReturnType<typeof request>;
  /** A browser: it keeps its cookies. */
  agent: () => ReturnType<typeof request.agent>;
  close: () => Promise<void>;
}

/**
 * @param environment what to set beside or instead of the defaults of the tests
 * @param controllers routes for a test alone, for example one that fails
 */
export async function startApi(
  environment: Record<string, string | undefined> = {},
  controllers: Type[] = [],
): Promise<Api> {
  const database = await createTestDatabase();
  const app = await create({ ...database.environment, ...environment }, controllers);
  const headers = noteHeaders(app.getHttpServer());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;
  return {
    app,
    url,
    port,
    dataSource: app.get(DataSource),
    request: request(url),
    agent: () => request.agent(url),
    close: async () => {
      headers.save();
      await app.close();
      await database.drop();
    },
  };
}

/** The environment is read once, while the application is made; afterwards the test process has its own back. */
async function create(environment: Record<string, string | undefined>, controllers: Type[]) {
  const before = { ...process.env };
  const defaults = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    BCRYPT_COST: '4',
    AUTHENTICATION_REQUESTS: '100000',
    DATABASE_POOL_SIZE: '4',
  };
  const keys: Record<string, string | undefined> = { ...defaults, ...environment };
  for (const [key, value] of Object.entries(keys)) {
    if (value === undefined) Reflect.deleteProperty(process.env, key);
    else process.env[key] = value;
  }
  try {
    @Module({ imports: [await AppModule.forRoot()], controllers })
    class TestModule {}
    return setUpApp(
      await NestFactory.create<NestExpressApplication>(TestModule, new HttpAdapter(), applicationOptions),
    );
  } finally {
    for (const key of Object.keys(process.env)) if (!(key in before)) Reflect.deleteProperty(process.env, key);
    Object.assign(process.env, before);
  }
}
