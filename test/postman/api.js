/* global fetch */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../support/free-port.js';

/** Somebody of the demo, promoted as an operator would do it. */
export const admin = { email: 'ada@example.com', password: 'correct horse battery' };

/** In milliseconds: the first start makes the database. */
const patience = 60_000;

/** Its own folder, so that it reads no `.env` and leaves nothing behind. */
const directory = mkdtempSync(join(tmpdir(), 'postman-'));

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;

process.once('exit', () => {
  running?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/**
 * The API as it was built and as a developer starts it, on a port of its own and a new embedded database with the demo.
 *
 * @param {Record<string, string>} environment beside the defaults of development
 * @returns its address, and how to stop it
 */
export async function startApi(environment) {
  const port = String(await freePort());
  const env = { PATH: process.env.PATH, PORT: port, DATA_DIR: directory, LOG_LEVEL: 'warn', ...environment };
  // Before it starts, since one process at a time may use the embedded database.
  await command('seed.js', [], env);
  await command('promote.js', [admin.email], env);
  const child = spawn(process.execPath, [resolve('dist/main.js')], {
    cwd: directory,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  running = child;
  const url = `http://localhost:${port}`;
  for (const end = Date.now() + patience; !(await isReady(url)); await delay(50))
    if (child.exitCode !== null || Date.now() > end) throw new Error('The API does not start; is it built?');
  return {
    url,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** @param {string} script @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function command(script, args, env) {
  await promisify(execFile)(process.execPath, [resolve('dist/commands', script), ...args], { cwd: directory, env });
}

/** @param {string} url */
async function isReady(url) {
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}
