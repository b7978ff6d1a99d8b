import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { after, codesIn, tableIn } from './support/markdown.js';

/** What `fetch` throws in every case, and what only a page on a public address can cause: the suite has no such page. */
const notMeasured = [
  'Failed to fetch',
  'Load failed',
  'Permission was denied for this request to access the ... address space',
];

/** In every case, so it explains nothing. */
const general = /net::ERR_FAILED|due to access control checks/;

const path = 'docs/when-the-browser-says-no.md';
const page = readFileSync(path, 'utf8');
const advice = tableIn(after('## Messages in the console', page));
const cookies = tableIn(after('## Cookies', page));
const measured = tableIn(after('<!-- console:', readFileSync('docs/browsers.md', 'utf8')));

const browsers = ['Chromium', 'Firefox', 'WebKit'].map((name, column) => ({ name, column }));

describe(path, () => {
  it.each(browsers)('quotes $name as measured', ({ column }) => {
    const messages = measured.map((row) => row[column + 1] ?? '');
    const quotes = advice.flatMap((row) => codesIn(row[column] ?? ''));
    expect(quotes.length).toBeGreaterThan(5);
    const unknown = quotes.filter((quote) => !messages.some(isIn(quote)));
    expect(unknown.filter((quote) => !notMeasured.includes(quote))).toEqual([]);
  });

  it.each(browsers)('explains each message of $name', ({ column }) => {
    const quotes = [...advice.map((row) => row[column] ?? ''), ...cookies.map(([seen = '']) => seen)].flatMap(codesIn);
    expect(measured.length).toBeGreaterThan(5);
    const unexplained = measured.filter((row) => {
      const particular = codesIn(row[column + 1] ?? '').filter((message) => !general.test(message));
      return particular.length > 0 && !particular.some((message) => quotes.some((quote) => isIn(quote)(message)));
    });
    expect(unexplained.map(([mistake]) => mistake)).toEqual([]);
  });
});

/** `...` stands for what differs from page to page. */
function isIn(quote: string): (text: string) => boolean {
  const parts = quote.split('...').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return (text) => new RegExp(parts.join('.*')).test(text);
}
