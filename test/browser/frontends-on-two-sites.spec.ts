import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startTestEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { fetchFromPage, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { loggedIn, loggedOut, readSession } from './support/sent-cookies.js';

const origins = ['https://app.example.com', 'https://app.example.org'] as const;

let environment: TestEnvironment;
beforeAll(async () => {
  const variables = { FRONTEND_URL: origins.join(',') };
  environment = await startTestEnvironment(
    origins.map((origin) => new URL(origin).host),
    { variables },
  );
});
afterAll(() => environment.close());

describe('one browser, a page of the same site and a page of another site', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('log in, refresh and log out without an effect on each other', async ({ open, browser }) => {
        const { apiUrl } = environment;
        const onOtherSite = browser === 'WebKit' ? loggedOut : loggedIn;
        const [first, second] = [await open(origins[0]), await open(origins[1])];
        const post = (page: typeof first, what: string) =>
          fetchFromPage(page, `${apiUrl}/authentication/${what}`, { method: 'POST' });
        const sessions = async () => [await readSession(first, environment), await readSession(second, environment)];
        for (const page of [first, second]) await registerAndLogIn(page, apiUrl);
        expect(await sessions()).toEqual([loggedIn, onOtherSite]);
        for (const page of [first, second]) await post(page, 'refresh');
        expect(await sessions()).toEqual([loggedIn, onOtherSite]);
        await post(second, 'log-out');
        expect(await sessions()).toEqual([loggedIn, loggedOut]);
        await registerAndLogIn(second, apiUrl);
        await post(first, 'log-out');
        expect(await sessions()).toEqual([loggedOut, onOtherSite]);
      });
    },
  );
});
