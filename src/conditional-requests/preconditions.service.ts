import { HttpStatus, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Environment } from '../config/environment.schema.js';
import { ProblemException } from '../problems/problem.exception.js';
import { isVersionListed, type VersionedResource } from './entity-tag.js';

/** Keeps an update from undoing one that its client has not seen. */
@Injectable()
export class PreconditionsService {
  private readonly isRequired: boolean;

  constructor(config: ConfigService<Environment, true>) {
    this.isRequired = config.get('IF_MATCH', { infer: true }) === 'required';
  }

  /**
   * @param ifMatch the header of the request
   * @param current the resource, locked
   * @throws ProblemException 412 when it has changed since, 428 (RFC 6585, section 3) when the header is required
   */
  assert(ifMatch: string | undefined, current: Omit<VersionedResource, 'related'>): void {
    if (ifMatch === undefined && this.isRequired)
      throw new ProblemException(HttpStatus.PRECONDITION_REQUIRED, {
        detail: 'Send If-Match with the ETag of what you change, as you read it.',
      });
    if (ifMatch !== undefined && !isVersionListed(current, ifMatch))
      throw new ProblemException(HttpStatus.PRECONDITION_FAILED, {
        detail: 'It has changed since you read it. Read it again, and decide what to keep.',
      });
  }
}
