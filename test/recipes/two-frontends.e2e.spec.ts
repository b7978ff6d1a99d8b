import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { openPage } from '../../browser-verdict/src/page/open-page.js';
import { startApi, type Api } from '../support/api.js';
import { blocksIn, codesIn, settingsIn, tableIn } from '../support/markdown.js';
import { password } from '../support/users.js';

const page = readFileSync('docs/recipes/two-frontends.md', 'utf8');
const settings = settingsIn(blocksIn(page, 'sh')[0] ?? '');
const apiUrl = settings.API_URL ?? '';
const credentials = { email: 'ada@example.com', password };

const rows = tableIn(page).map(([origin = '', cookies = '', chromium, firefox, safari]) => ({
  origin: codesIn(origin)[0] ?? '',
  attributes: codesIn(cookies)[0]?.split('; ') ?? [],
  keeps: { chromium, firefox, safari },
}));
const cases = rows.flatMap(({ keeps, ...row }) =>
  (['chromium', 'firefox', 'safari'] as const).map((browser) => ({
    ...row,
    browser,
    isKept: keeps[browser] === 'yes',
  })),
);

describe('two frontends and localhost, as docs/recipes/two-frontends.md has them', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ ...settings, NODE_ENV: 'test' }); // production takes no embedded database
    await api.request.post('/authentication/register').send({ ...credentials, name: 'Ada' }).expect(201); // prettier-ignore
  });
  afterAll(() => api.close());

  it('are the rows of the table', () => {
    expect(rows.map(({ origin }) => origin)).toEqual(settings.FRONTEND_URL?.split(','));
  });

  it.each(rows)('$origin gets cookies of its own kind', async ({ origin, attributes }) => {
    const headers = { Origin: origin, 'Content-Type': 'application/json' };
    const body = JSON.stringify(credentials);
    const response = await fetch(`${api.url}/authentication/log-in`, { method: 'POST', headers, body });
    const set = response.headers.getSetCookie().filter((line) => !/Expires=Thu, 01 Jan 1970/.test(line));
    const given = set.map((line) => line.split('; ').filter((part) => attributes.includes(part)));
    expect(given.map((parts) => parts.sort())).toEqual([attributes.sort(), attributes.sort()]);
    for (const line of set) expect(line.includes('Partitioned')).toBe(attributes.includes('Partitioned'));
  });

  it.each(cases)('$origin in $browser stays logged in: $isKept', async ({ origin, browser, isKept }) => {
    const tab = openPage(origin, { browser, servers: { [apiUrl]: api.app } });
    const init = { method: 'POST', credentials: 'include' as const };
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify(credentials);
    expect((await tab.fetch(`${apiUrl}/authentication/log-in`, { ...init, headers, body })).status).toBe(200);
    const { status } = await tab.fetch(`${apiUrl}/authentication`, { credentials: 'include' });
    expect(status).toBe(isKept ? 200 : 401);
    expect((await tab.fetch(`${apiUrl}/authentication/log-out`, init)).status).toBe(204);
    expect((await tab.fetch(`${apiUrl}/authentication`, { credentials: 'include' })).status).toBe(401);
  });
});
