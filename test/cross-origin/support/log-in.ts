import type { Api } from '../../support/api.js';
import { password } from '../../support/people.js';
import { send, valuesOf } from './wire.js';

const json = { 'Content-Type': 'application/json' };
let counter = 0;

export interface LoggedIn {
  id: number;
  email: string;
  /** The header a browser would send; test agents keep `Secure` cookies to themselves on plain http. */
  cookie: string;
  /** The body of a log-in. */
  pair: string;
  /** The body of a registration nobody has made yet. */
  registration: string;
}

export async function logIn(api: Api, role = 'user'): Promise<LoggedIn> {
  counter += 1;
  const email = `person-${counter}@example.com`;
  const registration = (address: string) => JSON.stringify({ email: address, name: 'Ada', password });
  const registered = await send(api, {
    method: 'POST',
    path: '/authentication/register',
    headers: json,
    body: registration(email),
  });
  const { id } = JSON.parse(registered.body) as { id: number };
  await api.dataSource.query('UPDATE users SET role = $1 WHERE id = $2', [role, id]);
  const pair = JSON.stringify({ email, password });
  const answer = await send(api, { method: 'POST', path: '/authentication/log-in', headers: json, body: pair });
  const cookie = valuesOf(answer, 'set-cookie').map((line) => line.split(';')[0]);
  return { id, email, cookie: cookie.join('; '), pair, registration: registration(`other-${email}`) };
}
