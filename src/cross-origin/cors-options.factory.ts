import { Injectable } from '@nestjs/common';
import type { CorsOptions, CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { IncomingMessage } from 'node:http';
import type { OriginList } from '../origin-rules/origin-list.js';
import { AllowedOrigins } from './allowed-origins.js';
import { CorsHeaders } from './cors-headers.js';
import { OriginVerdicts, type OriginVerdict } from './origin-verdicts.js';
import { RefusalLog } from './refusal-log.js';

/** For how long a browser may cache a preflight, in seconds: the cap of Chromium. */
const defaultMaxAge = 7_200;

type CorsCallback = Parameters<CorsOptionsDelegate<IncomingMessage>>[1];

/** npm `cors` writes the headers; for each request it is told here which. */
@Injectable()
export class CorsOptionsFactory {
  constructor(
    private readonly allowedOrigins: AllowedOrigins,
    private readonly verdicts: OriginVerdicts,
    private readonly headers: CorsHeaders,
    private readonly log: RefusalLog,
  ) {}

  /** For `app.enableCors`. Until it is called, no origin is allowed. */
  create(options: { origins: OriginList; credentials: boolean }): CorsOptionsDelegate<IncomingMessage> {
    const { origins, credentials } = options;
    this.allowedOrigins.configure(origins);
    return (request: IncomingMessage, callback: CorsCallback) =>
      callback(null, { credentials, ...this.toCorsOptions(this.verdicts.of(request)) });
  }

  private toCorsOptions(verdict: OriginVerdict): CorsOptions {
    const { origin, access, isPreflight, policy, methods = [] } = verdict;
    if (access === 'none') return { origin: false };
    const readable = access === 'with-credentials' ? { origin } : { origin: '*', credentials: false };
    if (!isPreflight) return { ...readable, exposedHeaders: this.headers.exposedBy(policy) };
    this.logRefusedHeaders(verdict);
    const allowedHeaders = this.headers.allowedBy(policy);
    const maxAge = policy?.maxAge ?? defaultMaxAge;
    return { ...readable, preflightContinue: true, methods: [...methods], allowedHeaders, maxAge };
  }

  /** Such a preflight is answered like any other, and the browser refuses what is not in the answer. */
  private logRefusedHeaders({ origin, refusedHeaders = [] }: OriginVerdict): void {
    for (const header of refusedHeaders)
      this.log.write(origin, { step: 'headers', reason: `${header} is not allowed` });
  }
}
