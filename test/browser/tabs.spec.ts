import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from './browsers/browser.js';
import { startTestEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { fetchFromPage, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser } from './support/in-every-browser.js';

const frontendUrl = 'https://app.example.com';

let environment: TestEnvironment;
beforeAll(async () => {
  environment = await startTestEnvironment(['app.example.com'], { variables: { FRONTEND_URL: frontendUrl } });
});
afterAll(() => environment.close());

type RefreshingWindow = typeof globalThis & { refreshStatus: Promise<number> };

/** Makes the tab refresh the session when it receives a message on a BroadcastChannel. */
const refreshOnMessage = (tab: Page) =>
  tab.evaluate((url) => {
    const channel = new BroadcastChannel('refresh');
    (globalThis as RefreshingWindow).refreshStatus = new Promise((resolve, reject) => {
      channel.onmessage = () => {
        fetch(url, { method: 'POST', credentials: 'include' }).then(({ status }) => resolve(status), reject);
      };
    });
  }, `${environment.apiUrl}/authentication/refresh`);

const sendMessage = (tab: Page) => tab.evaluate(() => new BroadcastChannel('refresh').postMessage('now'));

const refreshStatusOf = (tab: Page) => tab.evaluate(() => (globalThis as RefreshingWindow).refreshStatus);

describe('two tabs', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('that refresh at the same time both stay logged in', async ({ open }) => {
        const { apiUrl } = environment;
        const tabs = [await open(frontendUrl), await open(frontendUrl)] as const;
        await registerAndLogIn(tabs[0], apiUrl);
        for (const tab of tabs) await refreshOnMessage(tab);
        await sendMessage(tabs[0]);
        for (const tab of tabs) expect(await refreshStatusOf(tab)).toBe(204);
        for (const tab of tabs)
          expect(await fetchFromPage(tab, `${apiUrl}/authentication`)).toMatchObject({ status: 200 });
        const nextRefresh = await fetchFromPage(tabs[1], `${apiUrl}/authentication/refresh`, { method: 'POST' });
        expect(nextRefresh).toMatchObject({ status: 204 });
      });
    },
  );
});
