/* global fetch */
import assert from 'node:assert/strict';
import { compare } from './load.js';

/**
 * What it costs to ask for the session of every guarded request: the current user, against an answer of the same way
 * through the API that asks nothing.
 *
 * @param {import('./servers.js').Server} api
 * @param {{ rounds: number, seconds: number }} effort
 * @returns requests a second with a session (`ours`) and without one (`theirs`)
 */
export async function compareSession({ url }, effort) {
  const guarded = [{ path: '/authentication', headers: { Cookie: await logIn(url) } }];
  const open = [{ path: '/health/live' }];
  return compare({ url, requests: guarded }, { url, requests: open }, effort);
}

/** @param {string} url @returns {Promise<string>} the cookies, as a browser sends them back */
async function logIn(url) {
  const account = { email: 'bench@example.com', password: 'correct horse battery' };
  await post(`${url}/authentication/register`, { ...account, name: 'Bench' });
  const answer = await post(`${url}/authentication/log-in`, account);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .filter((pair) => !pair.endsWith('=')) // those that clear the other kind
    .join('; ');
}

/** @param {string} url @param {object} body */
async function post(url, body) {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${url}: ${answer.status}`);
  return answer;
}
