import { afterAll, afterEach, beforeAll, describe, expect, jest } from '@jest/globals';
import { startFrontendEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { fetchFromPage } from './support/fetch-from-page.js';
import { createCategory, register } from './support/frontend-actions.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { waitForText } from './support/page-state.js';

const frontendUrl = 'https://app.example.com';

let environment: TestEnvironment;
beforeAll(async () => (environment = await startFrontendEnvironment(frontendUrl)));
afterEach(() => void jest.restoreAllMocks());
afterAll(() => environment.close());

/** Moves the clock of the API, which runs in this process, past the lifetime of an access token. */
function advanceClockByTwentyMinutes(): void {
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + 20 * 60_000);
}

describe('two tabs of the frontend', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('can still write after the access token has expired, without a new log-in', async ({ open, browser }) => {
        const first = await open(frontendUrl);
        await register(first);
        await waitForText(first, 'Log out');
        const second = await open(frontendUrl);
        await waitForText(second, 'Log out');
        advanceClockByTwentyMinutes();
        expect(await fetchFromPage(first, `${environment.apiUrl}/authentication`)).toMatchObject({ status: 401 });
        await createCategory(second, `Coffee in ${browser}`);
        await createCategory(first, `Tea in ${browser}`);
        await waitForText(first, 'Log out');
        await waitForText(second, 'Log out');
      });
    },
  );
});
