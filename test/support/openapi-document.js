/* global fetch, URL */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';

/**
 * Starts the built API with an empty database, on a free port, reads `/openapi.json` and stops the API.
 *
 * @returns {Promise<object>} the OpenAPI document
 * @throws Error when the API does not start
 */
export async function readOpenApiDocument() {
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
  const PORT = String(await freePort());
  const variables = { NODE_ENV: 'test', DATA_DIR: folder, LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT };
  const api = spawn(process.execPath, [fileURLToPath(new URL('../../dist/main.js', import.meta.url))], {
    env: { PATH: process.env.PATH, ...variables },
    stdio: 'inherit',
  });
  const exited = once(api, 'exit');
  try {
    return await read(`http://127.0.0.1:${PORT}/openapi.json`, api);
  } finally {
    api.kill();
    await exited;
    await rm(folder, { recursive: true });
  }
}

/** @param {string} url @param {import('node:child_process').ChildProcess} api @returns {Promise<any>} */
async function read(url, api) {
  while (api.exitCode === null) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return response.json();
    await delay(100);
  }
  throw new Error('The API did not start. Its output is above.');
}
