/* global fetch */
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {{ text: string, values?: unknown[], name?: string }} Statement
 * @typedef {{ list: Statement, one: Statement }} Statements
 */

/**
 * What the API really sends to PostgreSQL for `GET /posts?limit=20` and for `GET /posts/:id`, so that the baseline does
 * the same work whatever becomes of the API.
 *
 * @param {import('./servers.js').Server} api started with `capture-statements.js`
 * @returns {Promise<Statements>}
 */
export async function captureStatements(api) {
  const [list, ...others] = await sentDuring(api, '/posts?limit=20');
  const [one, ...more] = await sentDuring(api, '/posts/1');
  if (list === undefined || one === undefined || others.length + more.length > 0)
    throw new Error('The API sends other statements than the baseline knows: one for a list and one for a post');
  return { list, one };
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
