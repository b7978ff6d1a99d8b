import { describe, expect, it, jest } from '@jest/globals';
import { allowedHeaders, refusedHeader } from './requested-headers.js';

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
    expect(refusedHeader(value)).toBeUndefined();
  });

  it.each([
    ['x-steal', 'the header x-steal'],
    ['X-Steal', 'the header x-steal'],
    ['content-type,x-steal', 'the header x-steal'],
    ['authorization', 'the header authorization'],
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
    expect(refusedHeader(value)).toBe(reason);
  });

  it('of ten megabytes cost no more than a look at their length: nothing is split', () => {
    const split = jest.spyOn(String.prototype, 'split');
    refusedHeader(','.repeat(10_000_000));
    expect(split).not.toHaveBeenCalled();
    split.mockRestore();
  });
});
