import { BadRequestException, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import type { $ZodIssue } from 'zod/v4/core';
import type { Problem } from './problem.js';

/** How many bad fields one answer names; a body can hold a hundred thousand. */
const limit = 100;

/** Refuses input that its schema does not allow, naming every bad field at once. */
@Injectable()
export class InputPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => refuse(issues as $ZodIssue[]) });
  }

  /** Left in, so that the strict schema refuses `__proto__` by name like any other unknown key. */
  protected override stripProtoKeys(): void {}
}

function refuse(issues: $ZodIssue[]): BadRequestException {
  const errors = firstOfEach(issues.flatMap(fields)).slice(0, limit);
  const message = errors.map(({ path, message }) => (path === '' ? message : `${path} ${message}`)).join('; ');
  return new BadRequestException({ message: `${message}.`, type: 'urn:problem:invalid-input', errors });
}

type Errors = NonNullable<Problem['errors']>;

/** One message a field: the rest often follows from it. */
function firstOfEach(errors: Errors): Errors {
  return [...new Map(errors.toReversed().map((error) => [error.path, error])).values()].toReversed();
}

function fields(issue: $ZodIssue): Errors {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key].join('.').slice(0, 200), message: 'is not known here' }));
}
