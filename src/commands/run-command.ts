import { ConfigService } from '@nestjs/config';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../config/configuration.error.js';
import type { Environment } from '../config/environment.schema.js';
import { loadEnvironment } from '../config/load-environment.js';
import type { Progress } from '../database/backup.js';
import { databaseOptions, type DatabaseOptions } from '../database/data-source.js';

/** What a command about the embedded database works with. */
export interface EmbeddedCommand {
  /** The argument on the command line. */
  argument: string;
  /** The folder of the embedded database. */
  folder: string;
  /** The options for the embedded database of a folder. */
  optionsOf: (folder: string) => DatabaseOptions;
}

/** Runs a command with one argument, and ends the process with 1 and a sentence when it cannot be carried out. */
export async function runCommand(usage: string, run: (command: EmbeddedCommand) => Promise<void>): Promise<void> {
  const [argument] = process.argv.slice(2);
  if (argument === undefined) {
    console.error(`Usage: ${usage}`);
    process.exit(1);
  }
  try {
    await run({ argument, ...embeddedDatabase() });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** For all of a back-up, and for none of a database that is not there. */
export function assertHasDatabase(folder: string): void {
  if (!existsSync(join(folder, 'PG_VERSION')))
    throw new ConfigurationError([`DATA_DIR: there is no embedded database in ${folder}`]);
}

export const printProgress: Progress = (table, { count, checksum }) => {
  console.log(`${table}: ${count} rows, checksum ${checksum}`);
};

function embeddedDatabase(): Pick<EmbeddedCommand, 'folder' | 'optionsOf'> {
  const environment = loadEnvironment();
  if (environment.DATABASE_URL !== undefined)
    throw new ConfigurationError([
      'DATABASE_URL is set, and this command is for the embedded database. For a server, use pg_dump and pg_restore',
    ]);
  const options = databaseOptions(new ConfigService<Environment, true>(environment));
  const folder = options.dataDirectory ?? '';
  return { folder, optionsOf: (dataDirectory) => ({ ...options, dataDirectory }) };
}
