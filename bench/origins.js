import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import { OriginList } from '../dist/origin-rules/origin-list.js';
import { median } from './load.js';

const questions = 10_000;

/**
 * Nanoseconds to decide about an origin against a list of 10,000 and against a list of one, the median over the rounds.
 * Both lists are asked the same: half of the time about an origin that is in both, half about one of 100 foreign ones.
 *
 * @param {{ rounds: number }} effort
 */
export function compareLists({ rounds }) {
  const entries = Array.from({ length: 10_000 }, (_, n) => `https://app-${n}.example.com`);
  const long = listOf(entries);
  const short = listOf(entries.slice(5_000, 5_001));
  /** @type {{ long: number[], short: number[] }} */
  const times = { long: [], short: [] };
  for (let round = 0; round < rounds * 20; round++) {
    times.long.push(decide(long));
    times.short.push(decide(short));
  }
  const [ours, theirs] = [median(times.long), median(times.short)];
  return { ours, theirs, ratio: ours / theirs };
}

/** @param {string[]} entries */
function listOf(entries) {
  const { origins, mistakes } = OriginList.parse(entries, { production: true, previews: false });
  if (mistakes.length > 0 || origins.entries.length !== entries.length) throw new Error('The origins are not accepted');
  return origins;
}

/** @param {OriginList} list */
function decide(list) {
  const asked = Array.from({ length: questions }, (_, n) =>
    fromTheWire(n % 2 === 0 ? 'https://app-5000.example.com' : `https://app-${n % 200}.example.org`),
  );
  let allowed = 0;
  const began = performance.now();
  for (const origin of asked) if (list.allows(origin)) allowed++;
  const took = performance.now() - began;
  if (allowed !== questions / 2) throw new Error('The list decides wrongly');
  return (took * 1e6) / questions;
}

/** A string like the ones Node.js makes of headers: new each time, so that its hash is not known yet. */
const fromTheWire = (/** @type {string} */ origin) => Buffer.from(origin).toString('latin1');
