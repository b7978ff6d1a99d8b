/* global fetch, URL */
// npm run frontend:types: starts the API on an empty database, asks it for its document, writes the types.
import { NestFactory } from '@nestjs/core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiTypesOf } from './api-types.js';

const folder = await mkdtemp(join(tmpdir(), 'api-types-'));
Object.assign(process.env, { NODE_ENV: 'development', DATA_DIR: folder, DATABASE_URL: '', LOG_LEVEL: 'warn' });

// Imported late: the environment is read while these are loaded.
const { AppModule } = await import('../dist/app.module.js');
const { applicationOptions, setUpApp } = await import('../dist/app.setup.js');
const { HttpAdapter } = await import('../dist/http/http-adapter.js');

const app = setUpApp(await NestFactory.create(await AppModule.forRoot(), new HttpAdapter(), applicationOptions));
try {
  await app.listen(0, '127.0.0.1');
  const response = await fetch(`${await app.getUrl()}/openapi.json`);
  await writeFile(new URL('src/api/schema.d.ts', import.meta.url), await apiTypesOf(await response.json()));
} finally {
  await app.close();
  await rm(folder, { recursive: true });
}
