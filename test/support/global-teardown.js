import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exposedHeaders } from '../../dist/cross-origin/cors.js';
import { notForScripts, safelisted } from './response-headers.js';

/** @param {import('jest').Config} configuration */
export default function tearDown(configuration) {
  const directory = process.env.TEST_DIRECTORY ?? '';
  try {
    if (isWholeRun(configuration)) checkHeaders(join(directory, 'headers'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A part of the tests need not send everything. */
function isWholeRun({ testPathPatterns, testNamePattern, onlyChanged, shard }) {
  return testPathPatterns.patterns.length === 0 && !testNamePattern && !onlyChanged && !shard;
}

/**
 * What the whole run sent is what scripts may read, or is known to be of no use to one; and nothing is exposed in vain.
 *
 * @param {string} directory
 */
function checkHeaders(directory) {
  const files = existsSync(directory) ? readdirSync(directory) : [];
  const emitted = new Map(files.flatMap((file) => JSON.parse(readFileSync(join(directory, file), 'utf8'))));
  const exposed = exposedHeaders.map((name) => name.toLowerCase());
  const known = new Set([...exposed, ...safelisted, ...notForScripts]);
  const hidden = [...emitted].filter(([name]) => !known.has(name)).map(([name, request]) => `${name} (${request})`);
  const unsent = exposed.filter((name) => !emitted.has(name));
  if (hidden.length > 0) throw new Error(`Sent, but a script cannot read it: ${hidden.join(', ')}`);
  if (unsent.length > 0) throw new Error(`Exposed, but no test made the API send it: ${unsent.join(', ')}`);
}
