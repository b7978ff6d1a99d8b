import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

/** The rows of the table after this text, cell by cell. */
function tableAfter(file: string, text: string): string[][] {
  const page = readFileSync(file, 'utf8');
  const [, after = ''] = page.split(text);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(after) ?? [];
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) => row.split('|').map((cell) => cell.trim()).slice(1, -1)); // prettier-ignore
}

const quotes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, quote = '']) => quote);

/** What `fetch` throws, whatever it was, and what only a public page can cause, which the suite has none of. */
const notMeasured = [
  'Failed to fetch',
  'Load failed',
  'Permission was denied for this request to access the ... address space',
];

/** Said for everything, so it explains nothing. */
const general = /net::ERR_FAILED|due to access control checks/;

const browsers = ['Chromium', 'Firefox', 'WebKit'];
const advice = tableAfter('README.md', '## When the browser says no');
const cookies = tableAfter('README.md', 'Cookies fail silently.');
const measured = tableAfter('docs/browsers.md', '<!-- console:');

describe('"When the browser says no" in the README', () => {
  it.each(browsers.map((name, column) => ({ name, column })))('quotes $name as it was measured', ({ column }) => {
    const said = measured.map((row) => row[column + 1] ?? '');
    const unheard = advice.flatMap((row) => quotes(row[column] ?? '')).filter((quote) => !said.some(holds(quote)));
    expect(unheard.filter((quote) => !notMeasured.includes(quote))).toEqual([]);
  });

  it.each(browsers.map((name, column) => ({ name, column })))('knows what $name says, each time', ({ column }) => {
    const known = [...advice.map((row) => row[column] ?? ''), ...cookies.map(([seen = '']) => seen)].flatMap(quotes);
    const unexplained = measured.filter((row) => {
      const particular = quotes(row[column + 1] ?? '').filter((words) => !general.test(words));
      return particular.length > 0 && !particular.some((words) => known.some((quote) => holds(quote)(words)));
    });
    expect(unexplained.map(([mistake]) => mistake)).toEqual([]);
  });
});

/** `...` stands for what differs from page to page. */
const holds = (quote: string) => {
  const parts = quote.split('...').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return (text: string) => new RegExp(parts.join('.*')).test(text);
};
