import { expect } from '@jest/globals';
import { exposedHeaders } from '../../../src/cross-origin/cors.js';
import { accessControl, valuesOf, type Answer } from './wire.js';

/** A page on this origin can read the answer, status and all; each header occurs once. */
export function expectReadable(answer: Answer, origin: string): void {
  expect(accessControl(answer).sort()).toEqual([
    ['access-control-allow-credentials', 'true'],
    ['access-control-allow-origin', origin],
    ['access-control-expose-headers', exposedHeaders.join(',')],
  ]);
  expectVaries(answer);
}

/** No page on another origin can. */
export function expectUnreadable(answer: Answer): void {
  expect(accessControl(answer)).toEqual([]);
  expectVaries(answer);
}

/** Caches keep the answers for different origins apart: `Vary` names Origin once, in whatever line. */
export function expectVaries(answer: Answer): void {
  const names = valuesOf(answer, 'vary').flatMap((value) => value.split(',').map((name) => name.trim().toLowerCase()));
  expect(names.filter((name) => name === 'origin')).toEqual(['origin']);
}
