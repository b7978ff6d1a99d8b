import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { openPage } from '../../browser-verdict/src/page/open-page.js';
import { frontend, startApi, type Api } from '../support/api.js';
import { blocksIn, codesIn, settingsIn, tableIn } from '../support/markdown.js';

const page = readFileSync('docs/recipes/tracing.md', 'utf8');
const settings = settingsIn(blocksIn(page, 'sh')[0] ?? '');
const libraries = tableIn(page).map(([name = '', headers = '']) => ({ name, headers: codesIn(headers) }));
const browsers = ['chromium', 'firefox', 'safari'] as const;

describe('tracing in the page, as docs/recipes/tracing.md has it', () => {
  const apis: Api[] = [];
  beforeAll(async () => {
    apis.push(await startApi(), await startApi(settings));
  });
  afterAll(async () => {
    for (const api of apis) await api.close();
  });

  /** A page asks for the posts with these headers. @returns the verdict of its browser */
  async function ask(api: Api | undefined, browser: (typeof browsers)[number], names: string[]) {
    const tab = openPage(frontend, { browser, ...(api && { servers: { 'http://localhost:3000': api.app } }) });
    const headers = Object.fromEntries(names.map((name) => [name, '1']));
    const status = await tab.fetch('http://localhost:3000/posts', { headers, credentials: 'include' }).then(
      (response) => response.status,
      () => 0,
    );
    return { status, verdict: tab.verdicts.at(-1) };
  }

  it.each(libraries)('$name sends its headers without a setting', async ({ headers }) => {
    expect(headers.length).toBeGreaterThan(1);
    for (const browser of browsers) expect((await ask(apis[0], browser, headers)).status).toBe(200);
  });

  it('sends another header with the setting, and without it the browser names the header', async () => {
    const { CORS_ALLOWED_HEADERS: name = '' } = settings;
    for (const browser of browsers) {
      expect((await ask(apis[1], browser, [name])).status).toBe(200);
      const { verdict } = await ask(apis[0], browser, [name]);
      expect(verdict).toMatchObject({ outcome: 'blocked', reason: { code: 'HeaderDisallowedByPreflightResponse' } });
    }
  });
});
