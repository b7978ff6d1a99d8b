import { Logger } from '@nestjs/common';
import type { ConfigService } from '@nestjs/config';
import { join } from 'node:path';
import { ConfigurationError } from '../config/configuration.error.js';
import type { Environment } from '../config/environment.schema.js';
import { pathPrefix } from '../config/path-prefix.js';
import { cookieAttributes, cookieNames, describeAttributes } from '../origin-rules/cookies.js';
import { siteWarnings } from '../origin-rules/site-warnings.js';
import { relate } from '../origin-rules/site.js';

type Config = ConfigService<Environment, true>;

const maxLoggedOrigins = 10;

/** What a newcomer and an operator want to know of a start, in about ten lines. `LOG_LEVEL=debug` has the rest. */
export function logStart(config: Config, socket?: object): void {
  const apiUrl = config.get('API_URL', { infer: true });
  const url = apiUrl.origin + pathPrefix(apiUrl);
  const logger = new Logger('Start');
  logger.log(
    `Listening on ${socket ? 'the socket of systemd' : listenAddress(config)}; browsers find this API at ${url}`,
  );
  logger.log(`Documentation: ${url}/docs`);
  logger.log(`Database: ${describeDatabase(config)}`);
  logger.log(`Mail: ${describeMail(config)}`);
  const collector = config.get('OTEL_EXPORTER_OTLP_ENDPOINT', { infer: true });
  if (collector !== undefined) logger.log(`Traces: sent to ${new URL(collector).host}`);
  logOrigins(config);
}

/** @returns the message to print: a stack trace only for what is not a mistake of the configuration */
export function describeStartFailure(error: unknown): unknown {
  return error instanceof ConfigurationError ? error.message : error;
}

function logOrigins(config: Config): void {
  const apiUrl = config.get('API_URL', { infer: true });
  const { entries, isEmpty } = config.get('FRONTEND_URL', { infer: true });
  const { access, refresh } = cookieNames(apiUrl, config.get('COOKIE_PREFIX', { infer: true }));
  const logger = new Logger('CrossOrigin');
  logger.log(
    isEmpty
      ? 'CORS is off: FRONTEND_URL is not set, so no page of another origin can call this API'
      : `Cookies ${access} and ${refresh}, for pages of these origins:`,
  );
  for (const entry of entries.slice(0, maxLoggedOrigins)) {
    const relation = relate(apiUrl, entry);
    logger.log(`  ${entry} (${relation}): ${describeAttributes(cookieAttributes(apiUrl, relation))}`);
  }
  logger.log('CSRF protection: unsafe requests of other origins are refused before their body is read');
  siteWarnings(apiUrl, entries, { production: config.get('NODE_ENV', { infer: true }) === 'production' }).forEach(
    (warning) => logger.warn(warning),
  );
  for (const entry of entries)
    if (/\w\*|\*\w/.test(entry)) logger.warn(`${entry} trusts every deployment with such a name, whoever made it`);
}

function listenAddress(config: Config): string {
  const host = config.get('HOST', { infer: true });
  const port = config.get('PORT', { infer: true });
  return host === '' ? `port ${port} of all interfaces` : `${host}:${port}`;
}

/** Host, port and database of a server: never its user or password. */
function describeDatabase(config: Config): string {
  const url = config.get('DATABASE_URL', { infer: true });
  if (url === undefined) return `embedded PostgreSQL, in ${join(config.get('DATA_DIR', { infer: true }), 'postgres')}`;
  const { host, pathname } = new URL(url);
  return `PostgreSQL at ${host}${pathname}`;
}

function describeMail(config: Config): string {
  const url = config.get('SMTP_URL', { infer: true });
  if (url !== undefined) return `sent through ${new URL(url).host}`;
  return config.get('NODE_ENV', { infer: true }) === 'production'
    ? 'off: SMTP_URL is not set, so no password can be reset and no address confirmed'
    : 'written to this log, because SMTP_URL is not set';
}
