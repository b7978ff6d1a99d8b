import autocannon from 'autocannon';

/**
 * @typedef {object} Comparison
 * @property {number} ours requests a second, the median over the rounds
 * @property {number} theirs
 * @property {number} ratio ours to theirs
 * @property {[number, number]} spread the lowest and the highest ratio of a round: a wide one means a busy machine
 */

/**
 * @typedef {object} Load
 * @property {string} url
 * @property {import('autocannon').Request[]} requests sent in turn over 32 connections
 * @property {'2xx' | '4xx'} [expected] what every answer has to be
 */

/**
 * Two loads in turn, so that whatever else the machine does meets both. This process only makes them: the servers have
 * theirs.
 *
 * @param {Load} ours
 * @param {Load} theirs
 * @param {{ rounds: number, seconds: number }} effort
 * @returns {Promise<Comparison>}
 */
export async function compare(ours, theirs, { rounds, seconds }) {
  const [a, b] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (const each of [ours, theirs]) await run(each, 2);
  for (let round = 0; round < rounds; round++) {
    a.push(await run(ours, seconds));
    b.push(await run(theirs, seconds));
  }
  const ratios = a.map((rate, round) => rate / b[round]);
  const [mine, other] = [median(a), median(b)];
  return { ours: mine, theirs: other, ratio: mine / other, spread: [Math.min(...ratios), Math.max(...ratios)] };
}

/**
 * @param {Load} load
 * @param {number} duration in seconds
 * @returns {Promise<number>} requests a second
 * @throws Error when an answer was another than expected: a fast refusal is no speed
 */
async function run({ url, requests, expected = '2xx' }, duration) {
  const result = await autocannon({ url, requests, connections: 32, duration });
  const { [expected]: answered, errors } = result;
  const others = result['2xx'] + result.non2xx - answered;
  if (others + errors > 0) throw new Error(`${url}: ${others} answers that were not ${expected}, ${errors} errors`);
  return answered / result.duration;
}

/** @param {number[]} values @returns {number} */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
