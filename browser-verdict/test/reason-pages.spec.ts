import { expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { explain, explanations } from '../src/reasons/explain.js';

const directory = `${import.meta.dirname}/../../docs/reasons`;
const context = { origin: 'https://app.example.com', url: 'https://api.example.com/posts' };
const browsers = { chromium: 'Chromium', firefox: 'Firefox', safari: 'Safari' } as const;

/** The page of a code, from the same data as the messages. */
function pageOf(code: string): string {
  const { title, cure } = explain(code, '...', { ...context, browser: 'chromium' });
  const messages = Object.entries(browsers).map(([browser, name]) => {
    const { console } = explain(code, '...', { ...context, browser: browser as keyof typeof browsers });
    return `- ${name}: ${console === undefined ? 'nothing' : codeOf(console)}`;
  });
  return [
    `# ${code}`,
    escape(title),
    `For a page at \`${context.origin}\` that asks for \`${context.url}\`; \`...\` stands for what differs.`,
    `## In the console\n\n${messages.join('\n')}`,
    `## What to change\n\n${escape(cure)}`,
    '[All codes](README.md)\n',
  ].join('\n\n');
}

function indexOf(codes: string[]): string {
  const lines = codes.map((code) => {
    const { title } = explain(code, '...', { ...context, browser: 'chromium' });
    return `- [${code}](${code}.md): ${escape(title)}`;
  });
  return [
    '# Reasons, by their codes',
    'What [browser-verdict](../../browser-verdict/README.md) and its doctor find: what happened, what the browsers write to their\nconsoles, and what has to change. The pages are made of the data of the package: `WRITE_DOCS=1 npm test -- reason-pages`.',
    `${lines.join('\n')}\n`,
  ].join('\n\n');
}

const codeOf = (text: string) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

/** Of Markdown, what occurs in the sentences. */
const escape = (text: string) => text.replace(/[*_<>]/g, (character) => `\\${character}`);

test('docs/reasons has a page for each code, made of what the messages are made of', () => {
  const codes = Object.keys(explanations).sort();
  const pages = {
    'README.md': indexOf(codes),
    ...Object.fromEntries(codes.map((code) => [`${code}.md`, pageOf(code)])),
  };
  if (process.env.WRITE_DOCS !== undefined) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory);
    for (const [name, page] of Object.entries(pages)) writeFileSync(`${directory}/${name}`, page);
  }
  expect(readdirSync(directory).sort()).toEqual(Object.keys(pages).sort());
  for (const [name, page] of Object.entries(pages))
    expect([name, readFileSync(`${directory}/${name}`, 'utf8')]).toEqual([name, page]);
});
