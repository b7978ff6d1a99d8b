/* global fetch */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { URL } from 'node:url';
import { parseArgs } from 'node:util';
import { create, drop, posts, seed } from './database.js';
import { compareFlood, unlimited } from './flood.js';
import { compare, median } from './load.js';
import { compareLists } from './origins.js';
import { compareRefusals } from './refusals.js';
import { frontend, startApi, startBaseline } from './servers.js';
import { compareScale } from './scale.js';
import { compareSession } from './session.js';
import { captureStatements } from './statements.js';
import { missed, print } from './table.js';

const { values: options } = parseArgs({
  options: { short: { type: 'boolean' }, smoke: { type: 'boolean' }, check: { type: 'boolean' } },
});
const efforts = {
  /** Shows that the benchmark works, and nothing else. */
  smoke: { rounds: 1, seconds: 1, idle: 1, manyPosts: 20_000 },
  short: { rounds: 3, seconds: 2, idle: 2, manyPosts: 100_000 },
  whole: { rounds: 7, seconds: 5, idle: 5, manyPosts: 1_000_000 },
};
const effort = efforts[options.smoke ? 'smoke' : options.short ? 'short' : 'whole'];

const list = ['/posts?limit=20'];
const single = Array.from({ length: 100 }, (_, n) => `/posts/${1 + ((n * 997) % posts)}`);
const live = ['/health/live'];

/** The same by hand, and what the API has to reach of it. */
const byHand = [
  { file: './baseline.js', title: 'against node:http', bars: { list: 0.85, single: 0.45 } },
  { file: './express.js', title: 'against Express', bars: { single: 0.7 } },
  { file: './nest.js', title: 'against Nest', bars: { list: 0.85, single: 0.85, live: 0.7 } },
];

// Killed or not, nothing is left behind.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void drop().finally(() => process.exit(1)));

try {
  await create();
  const results = [
    ...(await onPostgres()),
    ...(await compareScale(effort)),
    ...(await floods()),
    await startUp(),
    origins(),
  ];
  print(results);
  if (options.check && missed(results).length > 0) process.exitCode = 1;
} finally {
  await drop();
}

async function onPostgres() {
  const statements = await prepare();
  const api = await startApi();
  const memory = await idleMemory(api);
  const reads = [];
  for (const { file, title, bars } of byHand) {
    const server = await startBaseline(file, { STATEMENTS: JSON.stringify(statements) });
    for (const [name, paths, atLeast] of /** @type {const} */ ([
      ['GET /posts?limit=20', list, bars.list],
      ['GET /posts/:id', single, bars.single],
      ['GET /health/live', live, bars.live],
    ]))
      if (atLeast !== undefined)
        reads.push({ name: `${name}, ${title}`, unit: '1/s', ...(await compareReads(api, server, paths)), atLeast });
    await server.stop();
  }
  const others = [await preflights(api), await refusals(api), await session(api)];
  await api.stop();
  return [...reads, ...others, memory];
}

/** Makes the schema and the rows, and takes down what the API asks of them. */
async function prepare() {
  const hook = new URL('./capture-statements.js', import.meta.url).href;
  const api = await startApi(undefined, ['--import', hook]);
  await seed();
  const statements = await captureStatements(api);
  await api.stop();
  return statements;
}

/** @param {import('./servers.js').Server} api */
async function idleMemory(api) {
  await delay(effort.idle * 1_000);
  return { name: 'resident memory, idle', unit: 'MB', ours: (await api.residentMemory()) / 1e6, atMost: 200 };
}

/**
 * @param {import('./servers.js').Server} api
 * @param {import('./servers.js').Server} baseline
 * @param {string[]} paths
 */
async function compareReads(api, baseline, paths) {
  for (const path of paths) {
    const [ours, theirs] = await Promise.all([api, baseline].map(({ url }) => fetch(url + path)));
    assert.equal(await ours?.text(), await theirs?.text(), `${path}: the baseline answers something else`);
  }
  const requests = paths.map((path) => ({ path, headers: { Origin: frontend } }));
  const [ours, theirs] = [api, baseline].map(({ url, process: { pid } }) => ({ url, requests, ...(pid && { pid }) }));
  return compare(ours, theirs, effort);
}

/** @param {import('./servers.js').Server} api */
async function preflights(api) {
  const baseline = await startBaseline('./preflight-baseline.js');
  const headers = {
    Origin: frontend,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type',
  };
  const request = { method: /** @type {const} */ ('OPTIONS'), path: '/posts', headers };
  for (const { url } of [api, baseline]) {
    const answer = await fetch(url + request.path, request);
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), frontend);
  }
  const comparison = await compare(
    { url: api.url, requests: [request] },
    { url: baseline.url, requests: [request] },
    effort,
  );
  await baseline.stop();
  return { name: 'preflight', unit: '1/s', ...comparison, atLeast: 1 };
}

/** @param {import('./servers.js').Server} api */
async function refusals(api) {
  return { name: 'preflight refused, hostile or usual', unit: '1/s', ...(await compareRefusals(api, effort)) };
}

/** @param {import('./servers.js').Server} api */
async function session(api) {
  return { name: 'GET /authentication, or no session', unit: '1/s', ...(await compareSession(api, effort)) };
}

async function floods() {
  const name = 'GET /posts, p99 in a flood of log-ins';
  return [
    { name: `${name}, refused`, unit: 'ms', ...(await compareFlood(effort)), atMost: 3 },
    { name: `${name}, hashed`, unit: 'ms', ...(await compareFlood(effort, unlimited)), atMost: 3 },
  ];
}

/** From the start of the process to its first answer, on an embedded database that is there already. */
async function startUp() {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  const times = [];
  try {
    for (let round = 0; round <= effort.rounds; round++) {
      const api = await startApi({ DATA_DIR: directory });
      times.push(api.startedIn);
      await api.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return { name: 'start-up, embedded database', unit: 's', ours: median(times.slice(1)) / 1_000, atMost: 3 };
}

function origins() {
  return { name: 'origin, list of 10,000 or 1', unit: 'ns', ...compareLists(effort), atMost: 1.5 };
}
