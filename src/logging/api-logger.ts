import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Environment } from '../config/environment.schema.js';
import { clientIp, requestId, traceId } from './request-context.js';

const levels: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

/** Nest logs each module and route from these contexts at start. */
const frameworkContexts = new Set<unknown>([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Readable lines in development, one JSON object a line in production. Both name the request. */
export class ApiLogger extends ConsoleLogger {
  constructor({ NODE_ENV, LOG_LEVEL }: Pick<Environment, 'NODE_ENV' | 'LOG_LEVEL'>) {
    super({
      json: NODE_ENV === 'production',
      logLevels: levels.slice(0, levels.indexOf(LOG_LEVEL) + 1),
    });
  }

  /** The last parameter is the context. */
  override log(message: unknown, ...parameters: unknown[]): void {
    if (frameworkContexts.has(parameters.at(-1))) super.debug(message, ...parameters);
    else super.log(message, ...parameters);
  }

  /** What makes the start fail is thrown as well: `main.ts` reports it, without a stack where none is needed. */
  override error(message: unknown, ...parameters: unknown[]): void {
    if (parameters.at(-1) !== 'ExceptionHandler') super.error(message, ...parameters);
  }

  protected override getJsonLogObject(...[message, options]: Parameters<ConsoleLogger['getJsonLogObject']>) {
    return { ...super.getJsonLogObject(message, options), requestId: requestId(), traceId: traceId(), ip: clientIp() };
  }

  protected override formatContext(context: string): string {
    const ids = [requestId()?.slice(0, 8), traceId()].filter((id) => id !== undefined);
    return super.formatContext([context, ...ids].join(' '));
  }
}
