import { existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../config/configuration.error.js';

/** The major version of PostgreSQL that PGlite is: another one cannot read these files. */
const postgresVersion = '18';

/** In bytes: what PostgreSQL writes anew of its log (WAL) to recover, and as much again. */
const roomToRecover = 32 * 2 ** 20;

const instead =
  'Restore a back-up (npm run restore -- FILE), or move the folder away: the next start makes an empty database.';

/**
 * Looks at the folder of the embedded database before PostgreSQL does. It would end in a stack of WebAssembly, and where
 * `PG_VERSION` is missing it would make a new database over the old one.
 *
 * @throws ConfigurationError that says what is missing, and what to do
 */
export function assertUsable(directory: string): void {
  const mistake = mistakeOf(directory);
  if (mistake !== undefined) throw new ConfigurationError([`DATA_DIR: ${mistake}`]);
}

/** What is said when PostgreSQL cannot open a folder in which nothing is missing. */
export function describeOpenFailure(directory: string, { message }: Error): string {
  if (isFull(directory))
    return (
      `DATA_DIR: PostgreSQL needs room to recover the embedded database in ${directory}, and the disk is full. ` +
      `Free ${roomToRecover / 2 ** 20} MB, and start again: nothing is lost.`
    );
  return `DATA_DIR: PostgreSQL cannot open the embedded database in ${directory} (${message}). ${instead}`;
}

function isFull(directory: string): boolean {
  if (!existsSync(directory)) return false;
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize < roomToRecover;
}

function mistakeOf(directory: string): string | undefined {
  const entries = entriesOf(directory);
  if (typeof entries === 'string') return entries;
  if (entries.length === 0) return undefined; // a new database
  if (!entries.includes('PG_VERSION'))
    return `${directory} has files, and no PG_VERSION: it is not a database, or a damaged one. ${instead}`;
  const version = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim();
  if (version !== postgresVersion)
    return (
      `${directory} was made by PostgreSQL ${version || '(unknown)'}, and this version of the API has PostgreSQL ` +
      `${postgresVersion}. Back it up with the version of the API that made it. ${instead}`
    );
  const damage = controlDamage(directory) ?? walDamage(directory);
  return damage && `the embedded database in ${directory} is damaged: ${damage}. ${instead}`;
}

/** @returns a sentence when it cannot be read */
function entriesOf(directory: string): string[] | string {
  try {
    return readdirSync(directory);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') return `${directory} is a file, and has to be a folder. Move it away, or set DATA_DIR`;
    return `${directory} cannot be read (${code}). It has to be a folder that this user can read and write`;
  }
}

function controlDamage(directory: string): string | undefined {
  const file = 'global/pg_control';
  const content = read(join(directory, file));
  if (content === undefined) return `${file} is missing`;
  return content.some((byte) => byte !== 0) ? undefined : `${file} is empty`;
}

function walDamage(directory: string): string | undefined {
  const segments = entriesOf(join(directory, 'pg_wal'));
  const hasSegment = typeof segments !== 'string' && segments.some((name) => /^[\dA-F]{24}$/.test(name));
  return hasSegment ? undefined : 'its log (pg_wal) is missing';
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
