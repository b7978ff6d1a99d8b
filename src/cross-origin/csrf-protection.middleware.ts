import { HttpStatus, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { ProblemException } from '../problems/problem.exception.js';
import { OriginVerdicts } from './origin-verdicts.js';
import { RefusalLog } from './refusal-log.js';

/**
 * Refuses the unsafe requests that a page of another origin makes a browser send (CSRF), before their body is read and
 * whatever its type. CORS does not: it only hides the response of a request that was carried out.
 */
@Injectable()
export class CsrfProtectionMiddleware implements NestMiddleware {
  constructor(
    private readonly verdicts: OriginVerdicts,
    private readonly log: RefusalLog,
  ) {}

  readonly use = (request: Request, _: Response, next: NextFunction): void => {
    const { origin, refusal } = this.verdicts.of(request);
    if (refusal?.step !== 'csrf') return next();
    this.log.write(origin, refusal);
    const detail = this.log.explain(origin, refusal);
    throw new ProblemException(HttpStatus.FORBIDDEN, { detail, type: 'urn:problem:cross-origin-request-refused' });
  };
}
