import { HttpStatus, Injectable, type NestMiddleware } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { NextFunction, Request, Response } from 'express';
import type { Environment } from '../config/environment.schema.js';
import { preflights } from '../metrics/registry.js';
import { ProblemException } from '../problems/problem.exception.js';
import { pageOnRefusal } from './browser-reason.js';
import { OriginVerdicts } from './origin-verdicts.js';
import { RefusalLog } from './refusal-log.js';

/**
 * Answers 403 to a preflight that is not allowed, with a reason outside production. Logs the origins whose pages cannot
 * read a response. Preflights that are allowed were answered by CORS before.
 */
@Injectable()
export class PreflightRefusalMiddleware implements NestMiddleware {
  private readonly apiUrl: URL;

  constructor(
    private readonly verdicts: OriginVerdicts,
    private readonly log: RefusalLog,
    config: ConfigService<Environment, true>,
  ) {
    this.apiUrl = config.get('API_URL', { infer: true });
  }

  readonly use = (request: Request, _: Response, next: NextFunction): void => {
    const { origin, isPreflight, refusal } = this.verdicts.of(request);
    if (refusal === undefined || refusal.step === 'csrf') return next();
    this.log.write(origin, refusal);
    if (!isPreflight) return next();
    preflights.inc({ outcome: 'refused' });
    const page = pageOnRefusal(request, this.apiUrl);
    const detail = this.log.explain(origin, refusal, page);
    throw new ProblemException(HttpStatus.FORBIDDEN, { detail, type: 'urn:problem:preflight-refused' });
  };
}
