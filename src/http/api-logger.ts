import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Configuration } from '../config/environment.js';
import { clientAddress, requestId } from './request-context.js';

const levels: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

/** Readable lines in development, one JSON object a line in production; both carry the id of the request. */
export class ApiLogger extends ConsoleLogger {
  constructor(config: Configuration) {
    const level = config.get('LOG_LEVEL', { infer: true });
    super({
      json: config.get('NODE_ENV', { infer: true }) === 'production',
      logLevels: levels.slice(0, levels.indexOf(level) + 1),
    });
  }

  protected override getJsonLogObject(...[message, options]: Parameters<ConsoleLogger['getJsonLogObject']>) {
    return { ...super.getJsonLogObject(message, options), requestId: requestId(), ip: clientAddress() };
  }

  protected override formatContext(context: string): string {
    const id = requestId();
    return super.formatContext(id === undefined ? context : `${context} ${id.slice(0, 8)}`);
  }
}
