import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

/**
 * @typedef {object} Comparison
 * @property {number} ours requests a second, the median over the rounds
 * @property {number} theirs
 * @property {number} ratio ours to theirs
 * @property {[number, number]} spread the lowest and the highest ratio of a round: a wide one means a busy machine
 * @property {number} [processor] the same ratio by processor time a request, which is less noisy
 */

/**
 * @typedef {object} Load
 * @property {string} url
 * @property {number} [pid] whose processor time is measured
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
  const [a, b] = [/** @type {Rate[]} */ ([]), /** @type {Rate[]} */ ([])];
  for (const each of [ours, theirs]) await run(each, Math.min(2, seconds));
  for (let round = 0; round < rounds; round++) {
    a.push(await run(ours, seconds));
    b.push(await run(theirs, seconds));
  }
  const ratios = a.map(({ perSecond }, round) => perSecond / b[round].perSecond);
  const [mine, other] = [a, b].map((rates) => median(rates.map(({ perSecond }) => perSecond)));
  const [busy, otherBusy] = [a, b].map((rates) => median(rates.map(({ ticks }) => ticks)));
  return {
    ours: mine,
    theirs: other,
    ratio: mine / other,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    ...(ours.pid !== undefined && theirs.pid !== undefined && { processor: otherBusy / busy }),
  };
}

/** @typedef {{ perSecond: number, ticks: number }} Rate requests a second, and clock ticks of the processor a request */

/**
 * @param {Load} load
 * @param {number} duration in seconds
 * @returns {Promise<Rate>}
 * @throws Error when an answer was another than expected: a fast refusal is no speed
 */
async function run({ url, pid, requests, expected = '2xx' }, duration) {
  const before = ticksOf(pid);
  const result = await autocannon({ url, requests, connections: 32, duration });
  const { [expected]: answered, errors } = result;
  const others = result['2xx'] + result.non2xx - answered;
  if (others + errors > 0) throw new Error(`${url}: ${others} answers that were not ${expected}, ${errors} errors`);
  return { perSecond: answered / result.duration, ticks: (ticksOf(pid) - before) / answered };
}

/** utime and stime, proc(5). @param {number} [pid] @returns {number} */
function ticksOf(pid) {
  if (pid === undefined) return 0;
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return user + system;
}

/** @param {number[]} values @returns {number} */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
