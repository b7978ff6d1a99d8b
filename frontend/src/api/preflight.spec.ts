import { describe, expect, it } from '@jest/globals';
import { preflightReasons } from './preflight';

const page = 'http://localhost:5173';
const posts = 'http://localhost:3000/posts';
const reasons = (init: RequestInit, url = posts) => preflightReasons(new Request(url, init), page);
const typed = (type: string) => ({ method: 'POST', body: '{}', headers: { 'Content-Type': type } });

describe('a preflight', () => {
  it.each([
    ['a JSON body', typed('application/json'), ['content-type: application/json']],
    ['a method beyond GET, HEAD and POST', { method: 'DELETE' }, ['DELETE']],
    ['a header of the API', { headers: { 'X-Request-Id': '1' } }, ['x-request-id: 1']],
    ['an endless header', { headers: { Accept: 'a'.repeat(129) } }, [`accept: ${'a'.repeat(129)}`]],
  ])('is needed for %s', (_, init, expected) => {
    expect(reasons(init)).toEqual(expected);
  });

  it.each([
    ['a GET', {}],
    ['a POST without a body', { method: 'POST' }],
    ['a body as a form could send it', typed('text/plain;charset=UTF-8')],
  ])('is not needed for %s', (_, init) => {
    expect(reasons(init)).toEqual([]);
  });

  it('is not needed within one origin', () => {
    expect(reasons({ method: 'DELETE' }, `${page}/api/posts/1`)).toEqual([]);
  });
});
