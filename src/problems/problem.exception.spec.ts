import { expect, it } from '@jest/globals';
import { HttpStatus } from '@nestjs/common';
import { ProblemException } from './problem.exception.js';

it('keeps what the problem document says', () => {
  const details = { detail: 'The title is empty.', errors: [{ path: 'title', message: 'must not be empty' }] };

  const exception = new ProblemException(HttpStatus.BAD_REQUEST, details);

  expect([exception.getStatus(), exception.message, exception.details]).toEqual([400, 'The title is empty.', details]);
});

it('does not compile with a misspelt key or an unknown problem type', () => {
  // @ts-expect-error: the key is `type`
  const misspelt = new ProblemException(HttpStatus.CONFLICT, { detail: '', typ: 'urn:problem:invalid-input' });
  // @ts-expect-error: not in the list of problem types
  const unknown = new ProblemException(HttpStatus.CONFLICT, { detail: '', type: 'urn:problem:invalid-inptu' });

  expect([misspelt, unknown]).toHaveLength(2);
});
