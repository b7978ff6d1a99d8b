import { expect, it } from '@jest/globals';
import type { LoggedRequest } from '../api/request-log';
import { cookieStatusOf } from './cookie';

/** @param lines oldest first, for example `GET /authentication 401` */
function statusAfter(...lines: string[]) {
  const requests = lines.map((line, id): LoggedRequest => {
    const [method = '', path = '', status] = line.split(' ');
    return { id, method, path, outcome: Number(status), headers: new Headers() };
  });
  return cookieStatusOf(requests.reverse());
}

const logIn = 'POST /authentication/log-in 200';
const logOut = 'POST /authentication/log-out 204';
const loggedIn = 'GET /authentication 200';
const notLoggedIn = 'GET /authentication 401';

it.each([
  ['unknown', ['GET /posts 200']],
  ['none', [notLoggedIn, 'POST /authentication/refresh 401']],
  ['unknown', ['POST /authentication/log-in 401']],
  ['sent', [notLoggedIn, logIn, loggedIn]],
  ['blocked', [logIn, notLoggedIn]],
  ['none', [logIn, loggedIn, logOut, notLoggedIn]],
  ['none', [logIn, logOut, notLoggedIn]],
  ['none', [logIn, loggedIn, notLoggedIn]],
])('the cookie status is %s after %j', (status, lines) => {
  expect(statusAfter(...lines)).toBe(status);
});
