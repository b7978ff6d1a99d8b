import { compare } from './load.js';
import { frontend } from './servers.js';

const preflight = { Origin: frontend, 'Access-Control-Request-Method': 'POST' };

/** A preflight that anybody's page may cause. */
const usual = { ...preflight, Origin: 'https://elsewhere.example' };

/** As large as the limit for all headers together lets them be. */
const hostile = [
  { ...preflight, Origin: `https://${'a.'.repeat(7_000)}example.com` },
  { ...usual, 'Access-Control-Request-Headers': ','.repeat(14_000) },
  { ...usual, 'Access-Control-Request-Headers': 'content-type,'.repeat(1_000) },
];

/**
 * Refusing what was made to be expensive, against refusing what was not. The difference is mostly Node.js reading it.
 *
 * @param {import('./servers.js').Server} api
 * @param {{ rounds: number, seconds: number }} effort
 * @returns refusals a second, hostile (`ours`) and usual (`theirs`)
 */
export function compareRefusals({ url }, effort) {
  const refusal = (/** @type {Record<string, string>[]} */ ...headers) => ({
    url,
    requests: headers.map((each) => ({ method: /** @type {const} */ ('OPTIONS'), path: '/posts', headers: each })),
    expected: /** @type {const} */ ('4xx'),
  });
  return compare(refusal(...hostile), refusal(usual), effort);
}
