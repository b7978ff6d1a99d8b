import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Environment } from '../config/environment.schema.js';
import { refusals } from '../metrics/registry.js';
import { nearestOrigin } from '../origin-rules/nearest-origin.js';
import { AllowedOrigins } from './allowed-origins.js';
import type { Refusal } from './origin-verdicts.js';

/** In each interval: one line for an origin and a step (or a header), and this many lines in all. */
const maxLines = 100;
const intervalMs = 60_000;

/** Says why an origin was refused: in the log, and outside production in the response as well. */
@Injectable()
export class RefusalLog implements OnModuleDestroy {
  private readonly logger = new Logger('CrossOrigin');
  private readonly logged = new Set<string>();
  private readonly isProduction: boolean;
  private readonly timer: NodeJS.Timeout;
  private skippedLines = 0;

  constructor(
    private readonly allowedOrigins: AllowedOrigins,
    config: ConfigService<Environment, true>,
  ) {
    this.isProduction = config.get('NODE_ENV', { infer: true }) === 'production';
    this.timer = setInterval(() => this.startInterval(), intervalMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Logs the refusal, unless this interval has it. A million different origins cost a hundred lines and keys. */
  write(origin: string | undefined, { step, reason }: Refusal): void {
    refusals.inc({ reason: step });
    const key = step === 'headers' ? `${reason} ${printable(origin)}` : `${step} ${printable(origin)}`;
    if (this.logged.has(key) || this.logged.size >= maxLines) {
      this.skippedLines += 1;
      return;
    }
    this.logged.add(key);
    this.logger.warn(`Refused ${printable(origin)}: ${reason}${this.nearest(origin, step)}`, {
      event: step === 'csrf' ? 'csrf-refused' : 'origin-refused',
      origin: printable(origin),
      step,
    });
  }

  /**
   * For the problem document: in production nothing that would tell a stranger about the configuration.
   * @param page of the documentation, on what browsers say about it
   */
  explain(origin: string | undefined, { step, reason }: Refusal, page?: string): string {
    if (this.isProduction) return 'This origin may not send this request.';
    const see = page === undefined ? '' : ` What browsers say, and what to change: ${page}`;
    return `The request was refused at the step "${step}": ${reason}${this.nearest(origin, step)}.${see}`;
  }

  private nearest(origin: string | undefined, step: Refusal['step']): string {
    if (origin === undefined || step === 'method' || step === 'headers') return '';
    const nearest = nearestOrigin(origin, this.allowedOrigins.entries);
    return nearest === undefined ? '' : `; the nearest allowed origin is ${nearest.entry} (${nearest.difference})`;
  }

  private startInterval(): void {
    if (this.skippedLines > 0) this.logger.warn(`${this.skippedLines} further refusals were not logged one by one`);
    this.skippedLines = 0;
    this.logged.clear();
  }
}

/** Origins come from strangers: their length is limited, and no character can forge a line of the log. */
function printable(origin: string | undefined): string {
  return origin === undefined ? 'no origin' : origin.slice(0, 200).replace(/[^\x21-\x7e]/g, '?');
}
