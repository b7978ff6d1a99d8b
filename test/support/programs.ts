import { describe } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian has programs, `/usr/sbin` included, which is not in the path of everybody. */
const directories = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'];

/**
 * A `describe` that needs programs which a newcomer may not have: without them it is skipped. Where everything has to be
 * checked (CI) it fails.
 */
export function describeWithPrograms(...programs: string[]): typeof describe {
  const areInstalled = programs.every((program) =>
    directories.some((directory) => existsSync(join(directory, program))),
  );
  return areInstalled || process.env.CI !== undefined ? describe : (describe.skip as typeof describe);
}
