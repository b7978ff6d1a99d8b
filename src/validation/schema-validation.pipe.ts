import { HttpStatus, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import type { $ZodIssue } from 'zod/v4/core';
import { ProblemException } from '../problems/problem.exception.js';
import type { FieldError } from '../problems/problem.schema.js';

/** A body can have a hundred thousand invalid fields. */
const maxFieldErrors = 100;

/** Refuses input that breaks its schema, and names every invalid field. */
@Injectable()
export class SchemaValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => invalidInput((issues as $ZodIssue[]).flatMap(toFieldErrors)) });
  }

  /** Does nothing, so that the strict schema refuses `__proto__` by name like any other unknown key. */
  protected override stripProtoKeys(): void {}
}

/** The 400 for invalid fields, also for those that only a service can check. */
export function invalidInput(fieldErrors: FieldError[]): ProblemException {
  const errors = firstOfEachField(fieldErrors).slice(0, maxFieldErrors);
  const messages = errors.map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
  const detail = `${messages.join('; ')}.`;
  return new ProblemException(HttpStatus.BAD_REQUEST, { detail, type: 'urn:problem:invalid-input', errors });
}

/** Further messages about a field often follow from the first one. */
function firstOfEachField(errors: FieldError[]): FieldError[] {
  return [...new Map(errors.toReversed().map((error) => [error.path, error])).values()].toReversed();
}

function toFieldErrors(issue: $ZodIssue): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key].join('.').slice(0, 200), message: 'is not a known field' }));
}
