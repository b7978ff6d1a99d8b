import { describe, expect, it, jest } from '@jest/globals';
import { allowedHeaders } from './cors-headers.js';
import { findRefusedHeaders } from './requested-headers.js';

const allowed = new Set(allowedHeaders.map((name) => name.toLowerCase()));

describe('the requested headers', () => {
  it.each([
    undefined,
    '',
    ' ',
    ',',
    ', ,',
    'content-type',
    'Content-Type',
    'CONTENT-TYPE, X-Request-Id',
    'content-type,if-none-match,x-request-id',
    ' content-type\t,\tx-request-id ',
    ',content-type,',
    'content-type,content-type',
    allowedHeaders.join(','),
    'content-type,'.repeat(63),
    ' '.repeat(1_024),
  ])('are allowed: %j', (value) => {
    expect(findRefusedHeaders(value, allowed)).toEqual([]);
  });

  it.each([
    ['x-steal', 'the header x-steal'],
    ['X-Steal', 'the header x-steal'],
    ['content-type,x-steal', 'the header x-steal'],
    ['__proto__', 'the header __proto__'],
    ['constructor', 'the header constructor'],
    ['content-typ', 'the header content-typ'],
    ['content-type;', 'the header with an invalid name'],
    ['content type', 'the header with an invalid name'],
    ['content-type:x', 'the header with an invalid name'],
    ['*', 'the header with an invalid name'],
    ['x\r\nforged: line', 'the header with an invalid name'],
    ['\u0130-request-id', 'the header with an invalid name'],
    ['x'.repeat(61), 'the header with an invalid name'],
    ['content-type,'.repeat(64), 'a list of more than 64 header names'],
    [','.repeat(64), 'a list of more than 64 header names'],
    [' '.repeat(1_025), 'a list of header names of 1025 characters'],
    ['x,'.repeat(7_000), 'a list of header names of 14000 characters'],
  ])('are refused: %j', (value, reason) => {
    expect(findRefusedHeaders(value, allowed)).toEqual([reason]);
  });

  it('are named, each once and at most three', () => {
    const value = 'x-a,content-type,x-b,x-a,x-c,x-d';
    expect(findRefusedHeaders(value, allowed)).toEqual(['the header x-a', 'the header x-b', 'the header x-c']);
  });

  it('of ten megabytes cost no more than a look at their length: nothing is split', () => {
    const split = jest.spyOn(String.prototype, 'split');
    findRefusedHeaders(','.repeat(10_000_000), allowed);
    expect(split).not.toHaveBeenCalled();
    split.mockRestore();
  });
});
