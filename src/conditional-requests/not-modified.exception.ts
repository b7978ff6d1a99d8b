import { HttpStatus } from '@nestjs/common';
import { ProblemException } from '../problems/problem.exception.js';

/** 304: the client has this representation. */
export class NotModifiedException extends ProblemException {
  constructor(entityTag: string) {
    super(HttpStatus.NOT_MODIFIED, { detail: 'Not modified.', headers: { ETag: entityTag } });
  }
}
