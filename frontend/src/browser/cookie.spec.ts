import { expect, it } from '@jest/globals';
import type { Exchange } from '../api/traffic';
import { cookieFact } from './cookie';

/** Oldest first, as in `GET /authentication 401`. */
function factAfter(...requests: string[]) {
  const exchanges = requests.map((request, id): Exchange => {
    const [method = '', path = '', status] = request.split(' ');
    return { id, method, path, outcome: Number(status), preflight: [] };
  });
  return cookieFact(exchanges.reverse());
}

const logIn = 'POST /authentication/log-in 200';
const known = 'GET /authentication 200';
const unknown = 'GET /authentication 401';

it.each([
  ['unknown', ['GET /posts 200']],
  ['none', [unknown, 'POST /authentication/refresh 401']],
  ['unknown', ['POST /authentication/log-in 401']],
  ['arrived', [unknown, logIn, known]],
  ['lost', [logIn, unknown]],
  ['none', [logIn, known, 'POST /authentication/log-out 204', unknown]],
  ['none', [logIn, 'POST /authentication/log-out 204', unknown]],
  ['none', [logIn, known, unknown]],
])('is %s after %j', (fact, requests) => {
  expect(factAfter(...requests)).toBe(fact);
});
