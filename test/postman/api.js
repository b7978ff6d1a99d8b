/* global fetch */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../support/free-port.js';

/** The admin of the demo data. */
export const admin = { email: 'admin@example.com', password: 'correct horse battery' };

/** Includes the time to create the database. */
const startTimeoutMs = 60_000;

/** The working directory of the API: without an `.env` file, and removed at the end. */
const directory = mkdtempSync(join(tmpdir(), 'postman-'));

/** @type {import('node:child_process').ChildProcess | undefined} */
let runningChild;

process.once('exit', () => {
  runningChild?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/**
 * Starts the built API with the defaults of development, on a free port, with a new embedded database and the demo data.
 *
 * @param {Record<string, string>} variables additional environment variables
 * @returns its URL, and a function that stops it
 */
export async function startApi(variables) {
  const port = String(await freePort());
  const env = { PATH: process.env.PATH, PORT: port, DATA_DIR: directory, LOG_LEVEL: 'warn', ...variables };
  // Before the API starts, because only one process at a time can use the embedded database.
  await runCommand('seed.js', env);
  const child = spawn(process.execPath, [resolve('dist/main.js')], {
    cwd: directory,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  runningChild = child;
  const url = `http://localhost:${port}`;
  for (const deadline = Date.now() + startTimeoutMs; !(await isReady(url)); await delay(50))
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error('The API does not start. Run npm run build first.');
  return {
    url,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** @param {string} script @param {NodeJS.ProcessEnv} env */
async function runCommand(script, env) {
  await promisify(execFile)(process.execPath, [resolve('dist/commands', script)], { cwd: directory, env });
}

/** @param {string} url */
async function isReady(url) {
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}
