import { setTimeout as delay } from 'node:timers/promises';
import autocannon from 'autocannon';
import { median } from './load.js';
import { production, startApi } from './servers.js';

/** Nobody is refused: as if the guesses came from ten thousand networks, each below the limits. */
export const unlimited = {
  AUTHENTICATION_REQUESTS: '1000000',
  PASSWORD_REQUESTS: '1000000',
  LOG_IN_ATTEMPTS: '1000000',
};

/** Attackers who guess passwords as fast as they are answered. */
const attackers = 50;

/** Readers who come and go: enough to see a hundredth, far from what the API could serve. */
const readers = { connections: 4, overallRate: 100 };

/**
 * How much longer the slowest hundredth of the readers wait while passwords are being guessed. In turns, so that whatever
 * else the machine does meets both.
 *
 * @param {{ rounds: number, seconds: number }} effort
 * @param {Record<string, string>} [limits] instead of the defaults, which refuse most of the flood
 * @returns the 99th percentile under the flood (`ours`) and without it (`theirs`), in milliseconds
 * @throws Error when a reader is refused, or when the flood is no flood
 */
export async function compareFlood({ rounds, seconds }, limits = {}) {
  const api = await startApi({ ...production, ...limits });
  /** @type {{ calm: number[], flooded: number[] }} */
  const waits = { calm: [], flooded: [] };
  await read(api.url, seconds);
  for (let round = 0; round < rounds; round++) {
    waits.calm.push(await read(api.url, seconds));
    const [wait] = await Promise.all([readLater(api.url, seconds), guess(api.url, seconds + 2)]);
    waits.flooded.push(wait);
  }
  await api.stop();
  const [ours, theirs] = [median(waits.flooded), median(waits.calm)];
  return { ours, theirs, ratio: ours / theirs };
}

/** The first fifty arrive in one moment, which no flood does that lasts. @param {string} url @param {number} duration */
async function readLater(url, duration) {
  await delay(1_000);
  return read(url, duration);
}

/** @param {string} url @param {number} duration @returns {Promise<number>} the 99th percentile, in milliseconds */
async function read(url, duration) {
  const { latency, non2xx, errors } = await autocannon({ url: `${url}/posts?limit=20`, ...readers, duration });
  if (non2xx + errors > 0) throw new Error(`${non2xx} readers were refused, ${errors} had errors`);
  return latency.p99;
}

/** Every guess names another address, so that the limits of one account do not matter. @param {string} url @param {number} duration */
async function guess(url, duration) {
  let guesses = 0;
  const request = {
    method: /** @type {const} */ ('POST'),
    path: '/authentication/log-in',
    headers: { 'Content-Type': 'application/json' },
    setupRequest: (/** @type {autocannon.Request} */ request) => ({
      ...request,
      body: JSON.stringify({ email: `nobody-${(guesses += 1)}@example.com`, password: 'correct horse battery' }),
    }),
  };
  const { statusCodeStats } = await autocannon({ url, connections: attackers, duration, requests: [request] });
  const answers = Object.entries(statusCodeStats ?? {});
  if (
    !answers.some(([status]) => status === '401' || status === '429') ||
    answers.some(([status]) => status >= '500' && status !== '503')
  )
    throw new Error(`This is no flood of log-ins: ${JSON.stringify(statusCodeStats)}`);
}
