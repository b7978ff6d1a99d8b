import { Logger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { validateEnvironment } from '../config/environment.js';
import type { Environment } from '../config/environment.schema.js';
import { copyAll } from '../database/backup.js';
import { connectAndMigrate } from '../database/connect.js';
import { createDataSource, databaseOptions } from '../database/data-source.js';
import { startEmbedded } from '../database/embedded-client.js';
import { PoolClient } from '../database/pool-client.js';
import { assertHasDatabase, printProgress, runCommand } from './run-command.js';

/** With the API stopped: what it wrote afterwards would be missing on the server. */
await runCommand('npm run move -- postgres://user:password@host:5432/database', async (command) => {
  Logger.overrideLogger(['warn', 'error']);
  const { argument: DATABASE_URL, folder, optionsOf } = command;
  assertHasDatabase(folder);
  const environment = validateEnvironment({ NODE_ENV: 'test', DATABASE_URL });
  const { host, pathname } = new URL(DATABASE_URL);
  for (const options of [optionsOf(folder), databaseOptions(new ConfigService<Environment, true>(environment))]) {
    const dataSource = await connectAndMigrate(createDataSource(options)); // both to the schema of this version
    await dataSource.destroy();
  }
  const source = await startEmbedded(folder);
  const target = new PoolClient({ connectionString: DATABASE_URL });
  await target.connect();
  try {
    await copyAll(source.client, target, printProgress);
  } finally {
    await target.end();
    await source.close();
  }
  console.log(`Moved ${folder} to PostgreSQL at ${host}${pathname}: every table is the same. Set DATABASE_URL to it.`);
});
