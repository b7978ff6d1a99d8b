import { describe, expect, it } from '@jest/globals';
import { preflightReasons } from './preflight';

const pageOrigin = 'http://localhost:5173';
const posts = 'http://localhost:3000/posts';
const reasons = (init: RequestInit, url = posts) => preflightReasons(new Request(url, init), pageOrigin);
const bodyOfType = (type: string) => ({ method: 'POST', body: '{}', headers: { 'Content-Type': type } });

describe('a preflight', () => {
  it.each([
    ['a JSON body', bodyOfType('application/json'), ['content-type: application/json']],
    ['a method other than GET, HEAD and POST', { method: 'DELETE' }, ['DELETE']],
    ['a header that is not safelisted', { headers: { 'X-Request-Id': '1' } }, ['x-request-id: 1']],
    ['a header of more than 128 bytes', { headers: { Accept: 'a'.repeat(129) } }, [`accept: ${'a'.repeat(129)}`]],
  ])('is needed for %s', (_, init, expected) => {
    expect(reasons(init)).toEqual(expected);
  });

  it.each([
    ['a GET', {}],
    ['a POST without a body', { method: 'POST' }],
    ['a body that a form could send', bodyOfType('text/plain;charset=UTF-8')],
  ])('is not needed for %s', (_, init) => {
    expect(reasons(init)).toEqual([]);
  });

  it('is not needed on the same origin', () => {
    expect(reasons({ method: 'DELETE' }, `${pageOrigin}/api/posts/1`)).toEqual([]);
  });
});
