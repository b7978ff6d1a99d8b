import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Environment } from '../config/environment.schema.js';
import { CrossOriginPolicy } from './cross-origin-policy.js';
import { nearestOrigin } from './nearest-origin.js';

/** Where a request was stopped, and what about it was not allowed. */
export interface Refusal {
  origin: string | undefined;
  step: 'origin' | 'method' | 'headers' | 'csrf';
  reason: string;
}

/** Per minute: one line for an origin and a step, and this many lines in all. */
const mostLines = 100;
const minute = 60_000;

/** Says why an origin was refused: always in the log, and outside production in the answer as well. */
@Injectable()
export class Refusals implements OnModuleDestroy {
  private readonly logger = new Logger('CrossOrigin');
  private readonly logged = new Set<string>();
  private readonly isProduction: boolean;
  private readonly timer: NodeJS.Timeout;
  private silenced = 0;

  constructor(
    private readonly policy: CrossOriginPolicy,
    config: ConfigService<Environment, true>,
  ) {
    this.isProduction = config.get('NODE_ENV', { infer: true }) === 'production';
    this.timer = setInterval(() => this.startAfresh(), minute).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Logs the refusal, unless this was said a moment ago. A million different origins cost a hundred lines and keys. */
  log({ origin, step, reason }: Refusal): void {
    const key = `${step} ${printable(origin)}`;
    if (this.logged.has(key) || this.logged.size >= mostLines) {
      this.silenced += 1;
      return;
    }
    this.logged.add(key);
    const nearest = this.nearest(origin, step);
    this.logger.warn(`Refused ${printable(origin)}: ${reason}${nearest}`, {
      event: step === 'csrf' ? 'csrf-refused' : 'origin-refused',
      origin: printable(origin),
      step,
    });
  }

  /** For the problem document: in production nothing that a stranger could learn the configuration from. */
  explain({ origin, step, reason }: Refusal): string {
    if (this.isProduction) return 'This origin may not send this request.';
    return `The request was refused at the step "${step}": ${reason}${this.nearest(origin, step)}.`;
  }

  private nearest(origin: string | undefined, step: Refusal['step']): string {
    if (origin === undefined || step === 'method' || step === 'headers') return '';
    const nearest = nearestOrigin(origin, this.policy.origins.entries);
    return nearest === undefined ? '' : `; the nearest allowed origin is ${nearest.entry} (${nearest.difference})`;
  }

  private startAfresh(): void {
    if (this.silenced > 0) this.logger.warn(`${String(this.silenced)} further refusals were not logged one by one`);
    this.silenced = 0;
    this.logged.clear();
  }
}

/** Origins come from strangers: bounded, and nothing that could forge a line of the log. */
function printable(origin: string | undefined): string {
  return origin === undefined ? 'no origin' : origin.slice(0, 200).replace(/[^\x21-\x7e]/g, '?');
}
