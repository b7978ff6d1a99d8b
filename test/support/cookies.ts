import type { Api } from './api.js';
import { password, signUp } from './people.js';
import { claimsOf } from './tokens.js';

interface Answer {
  headers: Record<string, unknown>;
}

/** The cookies a response sets, as a browser sends them back; empty when it clears them or sets none. */
export function cookiesOf({ headers }: Answer): { access: string; refresh: string } {
  const pairs = ((headers['set-cookie'] ?? []) as string[]).map((cookie) => cookie.split(';', 1)[0] ?? '');
  const find = (name: string) => pairs.find((pair) => pair.startsWith(`${name}=`) && pair !== `${name}=`) ?? '';
  return { access: find('Authentication'), refresh: find('Refresh') };
}

/** A session of somebody new, as whoever holds its cookies sees it. */
export async function newSession(api: Api) {
  const { id: userId, email } = await signUp(api);
  return { userId, email, ...(await logIn(api, email)) };
}

/** One more session. @param headers of the browser, for example its user agent */
export async function logIn(api: Api, email: string, headers: Record<string, string> = {}) {
  const answer = await api.request.post('/authentication/log-in').set(headers).send({ email, password }).expect(200);
  const { access, refresh } = cookiesOf(answer);
  return { access, refresh, id: String(claimsOf(access.replace('Authentication=', '')).sid) };
}
