/* global fetch */
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {{ text: string, values?: unknown[], name?: string }} Statement
 * @typedef {{ count: Statement, rows: Statement, one: Statement }} Statements
 */

/**
 * What the API really sends to PostgreSQL for `GET /posts?limit=20` and for `GET /posts/:id`, so that the baseline does
 * the same work whatever becomes of the API.
 *
 * @param {import('./servers.js').Server} api started with `capture-statements.js`
 * @returns {Promise<Statements>}
 */
export async function captureStatements(api) {
  const list = await sentDuring(api, '/posts?limit=20');
  const single = await sentDuring(api, '/posts/1');
  const [count, rows] = list.toSorted((a, b) => a.text.length - b.text.length);
  const [one] = single;
  if (count === undefined || rows === undefined || one === undefined || list.length + single.length !== 3)
    throw new Error('The API sends other statements than the baseline knows: two for a list and one for a post');
  return { count, rows, one };
}

/** @param {import('./servers.js').Server} api @param {string} path */
async function sentDuring(api, path) {
  /** @type {Statement[]} */
  const statements = [];
  const keep = (/** @type {any} */ statement) => statements.push(statement);
  api.process.on('message', keep);
  await (await fetch(api.url + path)).arrayBuffer();
  await delay(100);
  api.process.off('message', keep);
  return statements;
}
