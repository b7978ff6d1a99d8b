/* global fetch */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, URL } from 'node:url';
import { freePort } from '../test/support/free-port.js';
import { databaseUrl } from './database.js';

/** The page that the API is told to expect. */
export const frontend = 'https://app.example.com';

/** Connections to PostgreSQL, for the API and for its baseline alike. */
export const poolSize = '10';

/** As an operator would run it. */
export const production = {
  NODE_ENV: 'production',
  API_URL: 'https://api.example.com',
  FRONTEND_URL: frontend,
  JWT_SECRET: randomBytes(48).toString('base64'),
  DATABASE_URL: databaseUrl,
  DATABASE_POOL_SIZE: poolSize,
};

/**
 * A server in a process of its own.
 *
 * @typedef {object} Server
 * @property {string} url
 * @property {number} startedIn milliseconds from the start of the process to its first answer
 * @property {import('node:child_process').ChildProcess} process
 * @property {() => Promise<number>} residentMemory in bytes
 * @property {() => Promise<void>} stop
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * The API as it was built, in production on PostgreSQL unless the environment says otherwise.
 *
 * @param {Record<string, string>} [environment] instead of all of it
 * @param {string[]} [nodeOptions]
 */
export const startApi = (environment = production, nodeOptions = []) =>
  start('../dist/main.js', '/health/ready', environment, nodeOptions);

/** @param {string} file @param {Record<string, string>} [environment] */
export const startBaseline = (file, environment = {}) =>
  start(file, '/', { NODE_ENV: 'production', DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: poolSize, ...environment });

/**
 * @param {string} file beside this one
 * @param {string} path any answer to it, but a server error, means that the server is up
 * @param {Record<string, string>} environment
 * @param {string[]} [nodeOptions]
 * @returns {Promise<Server>}
 */
async function start(file, path, environment, nodeOptions = []) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, fileURLToPath(new URL(file, import.meta.url))], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  while (!(await answers(url + path))) {
    if (child.exitCode !== null) throw new Error(`${file} ended with code ${child.exitCode}; is it built?`);
    if (performance.now() - began > 30_000) throw new Error(`${file} does not answer`);
    await delay(10);
  }
  return {
    url,
    startedIn: performance.now() - began,
    process: child,
    residentMemory: () => residentMemory(child.pid),
    stop: async () => {
      const stopped = once(child, 'exit');
      child.kill();
      await stopped;
    },
  };
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}

/** VmRSS, proc(5). @param {number | undefined} pid */
async function residentMemory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
