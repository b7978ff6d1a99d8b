import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigurationError } from '../config/configuration.error.js';
import { createSchema, readHeader, restoreRows } from '../database/backup.js';
import { startEmbedded } from '../database/embedded-client.js';
import { printProgress, runCommand } from './run-command.js';

await runCommand('npm run restore -- FILE', async ({ argument: file, folder, optionsOf }) => {
  if (!existsSync(file)) throw new ConfigurationError([`${file} does not exist`]);
  const hasFiles = existsSync(folder) && readdirSync(folder).length > 0;
  if (hasFiles)
    throw new ConfigurationError([
      `DATA_DIR: ${folder} is not empty. Stop the API, move that folder away, and restore again: nothing is overwritten`,
    ]);
  const header = await readHeader(file);
  // In a folder beside it, which gets its name when all of it is there and was compared.
  const unfinished = `${folder}.restored`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await createSchema(optionsOf(unfinished), header);
  const { client, close } = await startEmbedded(unfinished);
  try {
    await restoreRows(client, file, printProgress);
  } finally {
    await close();
  }
  if (existsSync(folder)) await rmdir(folder);
  await rename(unfinished, folder);
  console.log(`Restored the back-up of ${header.createdAt} to ${folder}.`);
});
