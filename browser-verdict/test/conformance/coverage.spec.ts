import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { exceptions } from './exceptions.js';
import { allRowsOf } from './rows.js';

const files = readdirSync(new URL('./rows/', import.meta.url)).map((name) => name.replace('.json', ''));
const rows = files.flatMap((file) => allRowsOf(file).map((row) => ({ key: `${file}/${row.id}`, row })));

test('the data is all there', () => {
  expect([files.length, rows.length]).toEqual([17, 2879]);
});

test('every exception is a row', () => {
  const keys = new Set(rows.map(({ key }) => key));
  expect(Object.keys(exceptions).filter((key) => !keys.has(key))).toEqual([]);
});

test('exceptions, and rows whose source is doubtful or calls them outdated, are fewer than 2 %', () => {
  const now = ['expected_cookie_now', 'expected_sent_now'];
  const left = rows.filter(
    ({ row }) => (row.outdated ?? row.doubtful) !== undefined && !now.some((member) => member in row),
  );
  expect(left.length + Object.keys(exceptions).length).toBeLessThan(rows.length * 0.02);
});
