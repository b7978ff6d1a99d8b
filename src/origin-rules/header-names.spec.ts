import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseHeaderNames, type HeaderDirection } from './header-names.js';

const codesOf = (value: string, direction: HeaderDirection) =>
  parseHeaderNames(value, direction).mistakes.map(({ code }) => code);

describe('a list of header names', () => {
  it('is separated by commas, with or without spaces, and merges duplicates', () => {
    expect(parseHeaderNames('X-One, x-two ,X-ONE', 'request')).toEqual({ names: ['X-ONE', 'x-two'], mistakes: [] });
  });

  it.each<[HeaderDirection, string, string]>([
    ['request', '*', 'any-header'],
    ['response', '*', 'any-header'],
    ['request', 'X-One,', 'empty-entry'],
    ['request', 'X One', 'invalid-header-name'],
    ['request', 'X-One: 1', 'invalid-header-name'],
    ['request', 'X-Ünï', 'invalid-header-name'],
    ['request', 'X-One\r\nX-Two', 'invalid-header-name'],
    ['request', 'x'.repeat(101), 'header-too-long'],
    ['request', 'Cookie', 'forbidden-header'],
    ['request', 'Sec-Fetch-Site', 'forbidden-header'],
    ['request', 'Proxy-Authorization', 'forbidden-header'],
    ['request', 'HOST', 'forbidden-header'],
    ['response', 'Set-Cookie', 'forbidden-header'],
    ['request', 'Accept', 'safelisted-header'],
    ['response', 'Content-Length', 'safelisted-header'],
  ])('of a %s refuses %j: %s', (direction, value, code) => {
    expect(codesOf(value, direction)).toEqual([code]);
  });

  it.each<[HeaderDirection, string]>([
    ['request', 'Content-Type'],
    ['request', 'Authorization'],
    ['request', 'traceparent'],
    ['request', 'x-datadog-trace-id'],
    ['response', 'ETag'],
    ['response', 'Cookie'],
  ])('of a %s takes %s', (direction, value) => {
    expect(parseHeaderNames(value, direction)).toEqual({ names: [value], mistakes: [] });
  });

  it('suggests the list without what is wrong', () => {
    const [mistake] = parseHeaderNames('X-One,Cookie,X-Two', 'request').mistakes;
    expect(mistake).toMatchObject({ entry: 'Cookie', suggestion: 'X-One,X-Two' });
  });

  it('refuses more than fifty', () => {
    const names = Array.from({ length: 51 }, (_, index) => `X-${index}`).join(',');
    expect(codesOf(names, 'request')).toEqual(['too-many-headers']);
  });

  it('never throws, and takes what it suggests', () => {
    const direction = fc.constantFrom<HeaderDirection>('request', 'response');
    fc.assert(
      fc.property(fc.string(), direction, (value, toward) => {
        for (const { suggestion } of parseHeaderNames(value, toward).mistakes)
          if (suggestion !== undefined) expect(codesOf(suggestion, toward)).toEqual([]);
      }),
    );
  });
});
