import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { openPage } from '../../browser-verdict/src/page/open-page.js';
import { startApi, type Api } from '../support/api.js';
import { blocksIn, codesIn, settingsIn, tableIn } from '../support/markdown.js';

const page = readFileSync('docs/recipes/previews.md', 'utf8');
const settings = settingsIn(blocksIn(page, 'sh')[0] ?? '');
const rows = tableIn(page).map(([origin = '', allowed]) => ({
  origin: codesIn(origin)[0] ?? '',
  isAllowed: allowed === 'yes',
}));
const apiUrl = 'https://api.example.com';

describe('previews on a hoster, as docs/recipes/previews.md has them', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ ...settings, API_URL: apiUrl })));
  afterAll(() => api.close());

  it.each(rows)('$origin is allowed: $isAllowed', async ({ origin, isAllowed }) => {
    const tab = openPage(origin, { servers: { [apiUrl]: api.app } });
    const response = tab.fetch(`${apiUrl}/posts`, { credentials: 'include' });
    if (isAllowed) expect((await response).status).toBe(200);
    else await expect(response).rejects.toThrow(TypeError);
  });

  it('are refused at start without PREVIEW_ORIGINS, and a domain of your own needs none', async () => {
    const { FRONTEND_URL } = settings;
    await expect(startApi({ FRONTEND_URL, API_URL: apiUrl })).rejects.toThrow(/PREVIEW_ORIGINS/);
    const own = await startApi({ FRONTEND_URL: 'https://*.preview.example.com', API_URL: apiUrl });
    await own.close();
  });
});
