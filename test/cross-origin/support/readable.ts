import { expect } from '@jest/globals';
import { browserNames } from '../../../browser-verdict/src/index.js';
import { readByPage } from '../../support/read-by-page.js';
import { accessControl, valuesOf, type Answer } from './wire.js';

/** A page on this origin can read the answer in each browser, status and request id and all. */
export function expectReadable(answer: Answer, origin: string): void {
  const readings = readByPage(answer, origin);
  for (const browser of browserNames) {
    expect([browser, readings[browser]]).toMatchObject([browser, { status: answer.status }]);
    expect(readings[browser]).toHaveProperty('headers', expect.arrayContaining(['x-request-id']));
  }
  expectVaries(answer);
}

/** No page on another origin can, and none is told which origins are allowed. */
export function expectUnreadable(answer: Answer, origin = 'https://evil.example'): void {
  const readings = readByPage(answer, origin);
  for (const browser of browserNames)
    expect([browser, readings[browser]]).toEqual([browser, 'MissingAllowOriginHeader']);
  expect(accessControl(answer)).toEqual([]);
  expectVaries(answer);
}

/** Caches keep the answers for different origins apart: `Vary` names Origin once, in whatever line. */
export function expectVaries(answer: Answer): void {
  const names = valuesOf(answer, 'vary').flatMap((value) => value.split(',').map((name) => name.trim().toLowerCase()));
  expect(names.filter((name) => name === 'origin')).toEqual(['origin']);
}
