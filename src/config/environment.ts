import { parseCrossOriginVariables } from '../origin-rules/start-up-check.js';
import { ConfigurationError } from './configuration.error.js';
import { findMailPages } from './mail-pages.js';
import { environmentSchema, type Environment, type EnvironmentVariables } from './environment.schema.js';

/**
 * Parses and checks everything before it reports anything. Unknown variables are ignored, and so are empty ones: compose
 * files and CI systems set a variable they have no value for to the empty string.
 *
 * @throws ConfigurationError
 */
export function validateEnvironment(variables: Record<string, unknown>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = environmentSchema.validate(given, { abortEarly: false, stripUnknown: true });
  const values = result.value as EnvironmentVariables;
  const mistakes = new Set(result.error?.details.map(({ message, path }) => `${path.join('.')} ${message}`));
  const { frontends, apiUrl, ...crossOrigin } = parseCrossOriginVariables(values);
  const headers = {
    CORS_ALLOWED_HEADERS: crossOrigin.allowedHeaders,
    CORS_EXPOSED_HEADERS: crossOrigin.exposedHeaders,
  };
  crossOrigin.mistakes.forEach((mistake) => mistakes.add(mistake));
  const { mistakes: missingPages, ...pages } = findMailPages(values, frontends, apiUrl);
  missingPages.forEach((mistake) => mistakes.add(mistake));
  if (mistakes.size > 0 || apiUrl === undefined) throw new ConfigurationError([...mistakes]);
  return { ...values, ...headers, ...pages, FRONTEND_URL: frontends, API_URL: apiUrl };
}
