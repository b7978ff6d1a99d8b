import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import type { Secrets } from '../config/secrets.js';
import { ProblemException } from '../problems/problem.exception.js';
import { Cursors } from './cursors.js';
import type { MatchCount } from './match-counter.js';

/** Cursors under these secrets, the first of which signs. */
function cursors(...all: string[]): Cursors {
  const derive = (purpose: string, secret: string) => createHmac('sha256', secret).update(purpose).digest();
  return new Cursors({ all, derive } as unknown as Secrets);
}

const list = 'posts?sort=title';

describe('cursors', () => {
  it('come back as the position they were made from, whatever the text and whatever the id', () => {
    const matches = fc.constantFrom<MatchCount>({ count: 7 }, { count: 20_000, countIsEstimate: true });
    const counted = fc.option(fc.record({ digest: fc.string(), matches }), { nil: undefined });
    const id = fc.integer({ min: 1, max: 2_147_483_647 });
    const anything = fc.tuple(fc.string({ unit: 'binary' }), fc.string(), id, counted);
    fc.assert(
      fc.property(anything, ([value, name, id, counted]) => {
        const position = { list: name, value, id, ...(counted && { counted }) };
        const cursor = cursors('secret').encode(position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(cursors('secret').decode(name, cursor)).toEqual(position);
      }),
    );
  });

  it('are refused with any other list', () => {
    const cursor = cursors('secret').encode({ list, value: 'a', id: 1 });
    for (const other of ['posts?sort=-title', 'products?sort=title', '', `${list}\0`])
      expect(() => cursors('secret').decode(other, cursor)).toThrow(ProblemException);
  });

  it('are refused when any bit is changed', () => {
    const bytes = Buffer.from(cursors('secret').encode({ list, value: 'abc', id: 7 }), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => cursors('secret').decode(list, changed.toString('base64url'))).toThrow(ProblemException);
    }
  });

  it('are refused when they were made up', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' })), (cursor) => {
        expect(() => cursors('secret').decode(list, cursor)).toThrow(ProblemException);
      }),
    );
  });

  it('outlive a change of the secret while the former one is listed', () => {
    const cursor = cursors('old').encode({ list, value: 'a', id: 1 });
    expect(cursors('new', 'old').decode(list, cursor)).toMatchObject({ id: 1 });
    expect(() => cursors('new').decode(list, cursor)).toThrow(ProblemException);
  });
});
