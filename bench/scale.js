import assert from 'node:assert/strict';
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { create, drop, seed, urlOf } from './database.js';
import { compareReaders } from './flood.js';
import { median } from './load.js';
import { production, startApi } from './servers.js';

/** @typedef {import('./table.js').Result} Result */

/** What is read, and how much longer it may take among the many. */
const reads = [
  { name: 'one by id', path: '/posts/4711' },
  { name: 'first page', path: '/posts' },
  { name: 'page after a cursor', path: '/posts?offset=9000', isNext: true },
  { name: 'page of a category', path: '/posts?categoryId=3' },
  { name: 'page of an author', path: '/posts?authorId=5' },
  { name: 'search, one post', path: '/posts?search=4711' },
];

/** In every second post. Slow, whatever the number of posts: limits of time are for these. */
const commonWord = [
  { name: 'search, every second post', path: '/posts?search=evenly' },
  { name: 'the same by relevance', path: '/posts?search=evenly&sort=relevance' },
];

/**
 * The same reads from 10,000 posts and from many, and readers of single posts while 200 connections send the slowest searches.
 *
 * @param {{ rounds: number, seconds: number, manyPosts: number }} effort
 * @returns {Promise<Result[]>}
 */
export async function compareScale(effort) {
  const { manyPosts } = effort;
  await create('many');
  try {
    const [few, many] = [await startApi(), await startApi({ ...production, DATABASE_URL: urlOf('many') })];
    await seed(manyPosts, 'many');
    const among = `among ${manyPosts.toLocaleString('en')} posts`;
    const results = [];
    for (const read of reads)
      results.push({
        name: `${read.name}, ${among}`,
        unit: 'ms',
        ...(await compareWaits(many, few, read, effort)),
        atMost: 1.5,
      });
    for (const read of commonWord) {
      const { ours } = await compareWaits(many, few, read, effort);
      results.push({ name: `${read.name}, ${among}`, unit: 'ms', ours, atMost: 50 });
    }
    results.push({
      name: `one by id, p99 in a flood of searches, ${among}`,
      unit: 'ms',
      ...(await flood(many, effort)),
      atMost: 3,
    });
    await Promise.all([few.stop(), many.stop()]);
    return results;
  } finally {
    await drop('many');
  }
}

/**
 * @param {import('./servers.js').Server} many
 * @param {import('./servers.js').Server} few
 * @param {{ path: string, isNext?: boolean }} read
 * @param {{ rounds: number }} effort
 * @returns {Promise<{ ours: number, theirs: number, ratio: number }>} medians, in milliseconds
 */
async function compareWaits(many, few, { path, isNext }, { rounds }) {
  const targets = [];
  for (const { url } of [many, few]) targets.push(url + (isNext ? await nextOf(url + path) : path));
  const waits = targets.map(() => /** @type {number[]} */ ([]));
  for (let index = 0; index < rounds * 40; index += 1)
    for (const [place, target] of targets.entries()) {
      const wait = await waitFor(target);
      if (index >= 10) waits[place].push(wait);
    }
  const [ours, theirs] = waits.map(median);
  return { ours, theirs, ratio: ours / theirs };
}

const agent = new http.Agent({ keepAlive: true });

/** @param {string} url @returns {Promise<number>} in milliseconds */
async function waitFor(url) {
  const startedAt = performance.now();
  const { statusCode } = await get(url);
  assert.equal(statusCode, 200, url);
  return performance.now() - startedAt;
}

/** @param {string} url @returns {Promise<http.IncomingMessage>} read to its end */
const get = (url) =>
  new Promise((resolve, reject) => {
    http
      .get(url, { agent }, (response) => response.resume().once('end', () => resolve(response)))
      .once('error', reject);
  });

/** @param {string} url @returns {Promise<string>} */
async function nextOf(url) {
  const { headers } = await get(url);
  return /<(.+)>; rel="next"/.exec(String(headers.link))?.[1] ?? '';
}

/**
 * @param {import('./servers.js').Server} api
 * @param {{ rounds: number, seconds: number }} effort
 * @returns {Promise<{ ours: number, theirs: number, ratio: number }>} the 99th percentile in the flood and without it
 * @throws Error when anything but 200 and 503 with Retry-After is answered
 */
function flood({ url }, effort) {
  return compareReaders(
    `${url}/posts/5`,
    async (round, duration) => {
      const searches = { url: url + commonWord[round % 2].path, connections: 200, duration, timeout: 30 };
      const { statusCodeStats = {}, errors } = await autocannon(searches);
      const others = Object.keys(statusCodeStats).filter((status) => !/^(?:200|503)$/.test(status));
      if (errors + others.length > 0) throw new Error(`${errors} errors, and ${JSON.stringify(statusCodeStats)}`);
    },
    effort,
  );
}
