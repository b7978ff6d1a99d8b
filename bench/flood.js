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
 * How much longer the slowest hundredth of the readers wait while passwords are being guessed.
 *
 * @param {{ rounds: number, seconds: number }} effort
 * @param {Record<string, string>} [limits] instead of the defaults, which refuse most of the flood
 * @returns the 99th percentile under the flood (`ours`) and without it (`theirs`), in milliseconds
 * @throws Error when a reader is refused, or when the flood is no flood
 */
export async function compareFlood(effort, limits = {}) {
  const api = await startApi({ ...production, ...limits });
  const comparison = await compareReaders(
    `${api.url}/posts?limit=20`,
    (_, duration) => guess(api.url, duration),
    effort,
  );
  await api.stop();
  return comparison;
}

/**
 * In turns, so that whatever else the machine does meets both.
 *
 * @param {string} url that is read
 * @param {(round: number, seconds: number) => Promise<void>} flood
 * @param {{ rounds: number, seconds: number }} effort
 * @returns {Promise<{ ours: number, theirs: number, ratio: number }>} the 99th percentile in the flood and without it, in
 *   milliseconds
 */
export async function compareReaders(url, flood, { rounds, seconds }) {
  /** @type {{ calm: number[], flooded: number[] }} */
  const waits = { calm: [], flooded: [] };
  await read(url, seconds);
  for (let round = 0; round < rounds; round++) {
    await delay(1_000); // what the round before has left ends
    waits.calm.push(await read(url, seconds));
    const [wait] = await Promise.all([readLater(url, seconds), flood(round, seconds + 2)]);
    waits.flooded.push(wait);
  }
  const [ours, theirs] = [median(waits.flooded), median(waits.calm)];
  return { ours, theirs, ratio: ours / theirs };
}

/** A flood arrives in one moment at first, which none does that lasts. @param {string} url @param {number} duration */
async function readLater(url, duration) {
  await delay(1_000);
  return read(url, duration);
}

/** @param {string} url @param {number} duration @returns {Promise<number>} the 99th percentile, in milliseconds */
async function read(url, duration) {
  const { latency, non2xx, errors } = await autocannon({ url, ...readers, duration });
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
