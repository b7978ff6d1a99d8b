import type { ConfigService } from '@nestjs/config';
import { crossOriginMistakes } from '../cross-origin/start-up-check.js';
import { environmentSchema, type Environment } from './environment.schema.js';

/** The configuration as the rest of the house reads it: typed, validated, every default in place. */
export type Configuration = ConfigService<Environment, true>;

/** The environment cannot work. `mistakes` has one line each: the key, the cause and a value that would work. */
export class ConfigurationError extends Error {
  constructor(readonly mistakes: string[]) {
    super(['The configuration cannot work:', ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
  }
}

/**
 * Every mistake is collected before any is reported. Keys that are not ours are ignored, and so are empty ones:
 * compose files and CI systems set a key they have no value for to the empty string.
 *
 * @throws ConfigurationError
 */
export function validateEnvironment(variables: Record<string, unknown>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = environmentSchema.validate(given, { abortEarly: false, stripUnknown: true });
  const environment = result.value as Environment;
  const mistakes = new Set(result.error?.details.map(({ message, path }) => `${path.join('.')} ${message}`));
  crossOriginMistakes(environment).forEach((mistake) => mistakes.add(mistake));
  if (mistakes.size > 0) throw new ConfigurationError([...mistakes]);
  return environment;
}
