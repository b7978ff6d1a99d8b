import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { validateEnvironment } from './environment.js';
import type { Environment } from './environment.schema.js';

const file = '.env';

/**
 * Reads `process.env` and, outside tests, the file `.env`, whose values give way to those of the process.
 *
 * @throws ConfigurationError
 */
export function loadEnvironment(): Environment {
  const hasFile = process.env.NODE_ENV !== 'test' && existsSync(file);
  const fromFile = hasFile ? parseEnv(readFileSync(file, 'utf8')) : {};
  return validateEnvironment({ ...fromFile, ...process.env });
}
