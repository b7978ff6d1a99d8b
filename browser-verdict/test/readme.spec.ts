import { expect, test } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { report } from '../src/doctor/report.js';
import { Authority } from './deployments/certificates.js';
import { corsMistakes } from './deployments/cors-mistakes.js';
import { ask } from './deployments/ask.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test.each(['express', 'nest', 'fastify'])('the README shows the example for %s as it runs', (name) => {
  const example = read(`./examples/${name}.spec.ts`).replace('../../src/page/open-page.js', 'browser-verdict/page');
  expect(read('../README.md')).toContain(example.trim());
});

const testWithOpenSsl = existsSync('/usr/bin/openssl') || process.env.CI !== undefined ? test : test.skip;

testWithOpenSsl('the README shows what the doctor prints; WRITE_DOCS=1 writes it', async () => {
  const authority = new Authority();
  try {
    const deployment = corsMistakes.find(({ name }) => name === 'a slash at the end');
    if (!deployment) throw new Error('There is no such deployment');
    const output = report(await ask(deployment, authority, false), { colors: false, verbose: false });
    const block = /(?<=^```text\n)Page https[^`]*(?=\n```$)/m;
    if (process.env.WRITE_DOCS !== undefined)
      writeFileSync(
        new URL('../README.md', import.meta.url),
        read('../README.md').replace(block, () => output),
      );
    expect(block.exec(read('../README.md'))?.[0]).toBe(output);
  } finally {
    authority.remove();
  }
});
