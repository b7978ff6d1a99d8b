import autocannon from 'autocannon';

/**
 * @typedef {object} Comparison
 * @property {number} ours requests a second, the median over the rounds
 * @property {number} theirs
 * @property {number} ratio ours to theirs
 * @property {[number, number]} spread the lowest and the highest ratio of a round: a wide one means a busy machine
 */

/**
 * Loads two servers in turn, so that whatever else the machine does meets both. This process only makes the load: the
 * servers have theirs.
 *
 * @param {string} ours
 * @param {string} theirs
 * @param {import('autocannon').Request[]} requests sent in turn over 32 connections
 * @param {{ rounds: number, seconds: number }} effort
 * @returns {Promise<Comparison>}
 */
export async function compare(ours, theirs, requests, { rounds, seconds }) {
  const rates = { [ours]: /** @type {number[]} */ ([]), [theirs]: /** @type {number[]} */ ([]) };
  for (const url of [ours, theirs]) await load(url, requests, 2);
  for (let round = 0; round < rounds; round++)
    for (const url of [ours, theirs]) rates[url].push(await load(url, requests, seconds));
  const [a, b] = [median(rates[ours]), median(rates[theirs])];
  const ratios = rates[ours].map((rate, round) => rate / rates[theirs][round]);
  return { ours: a, theirs: b, ratio: a / b, spread: [Math.min(...ratios), Math.max(...ratios)] };
}

/**
 * @param {string} url
 * @param {import('autocannon').Request[]} requests
 * @param {number} seconds
 * @param {'2xx' | '4xx'} expected
 * @returns {Promise<number>} requests a second
 * @throws Error when an answer was another than expected: a fast refusal is no speed
 */
export async function load(url, requests, seconds, expected = '2xx') {
  const result = await autocannon({ url, requests, connections: 32, duration: seconds });
  const { [expected]: answered, errors, duration } = result;
  const others = result['2xx'] + result.non2xx - answered;
  if (others + errors > 0) throw new Error(`${url}: ${others} answers that were not ${expected}, ${errors} errors`);
  return answered / duration;
}

/** @param {number[]} values @returns {number} */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
