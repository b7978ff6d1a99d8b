import { existsSync } from 'node:fs';
import { ConfigurationError } from '../config/configuration.error.js';
import { backUp } from '../database/backup.js';
import { connectEmbedded } from '../database/embedded-client.js';
import { assertHasDatabase, printProgress, runCommand } from './run-command.js';

await runCommand('npm run backup -- FILE', async ({ argument: file, folder }) => {
  if (existsSync(file)) throw new ConfigurationError([`${file} exists already; give the back-up another name`]);
  assertHasDatabase(folder);
  const { client, close } = await connectEmbedded(folder);
  try {
    await backUp(client, file, printProgress);
  } finally {
    await close();
  }
  console.log(`Backed up ${folder} to ${file}.`);
});
