import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource, embeddedOptions } from './data-source.js';

const directory = mkdtempSync(join(tmpdir(), 'migration-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

const options = embeddedOptions(join(directory, 'postgres'));
const latest = await createDataSource(options).initialize();
await latest.runMigrations();
await latest.destroy();

/** For `npm run migration:generate`: an empty database with all migrations, so that a draft has only what the entities changed. */
export const dataSource = createDataSource(options);
