import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startRestartableEnvironment, type RestartableEnvironment } from './environment/restartable-environment.js';
import { fetchFromPage, jsonRequest, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { loggedIn, loggedOut, readSession } from './support/sent-cookies.js';

const [sameSite, crossSite, developer] = [
  'https://app.example.com',
  'https://app.example.org',
  'http://localhost:5173',
];
const changes = [
  { page: sameSite, from: [sameSite], to: [developer, sameSite] },
  { page: sameSite, from: [developer, sameSite], to: [sameSite] },
  { page: crossSite, from: [crossSite], to: [sameSite, crossSite] },
  { page: crossSite, from: [sameSite, crossSite], to: [crossSite] },
];

let environment: RestartableEnvironment;
beforeAll(async () => {
  environment = await startRestartableEnvironment(['app.example.com', 'app.example.org']);
});
afterAll(() => environment.close());

describe('a session outlives a change of FRONTEND_URL', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      for (const { page, from, to } of changes)
        it(`on ${page}, from ${from.join(',')} to ${to.join(',')}`, async ({ open, browser }) => {
          const { apiUrl, startApi } = environment;
          const tab = await open(page);
          const statusOf = async (method: string, path: string, body: unknown = {}) =>
            (await fetchFromPage(tab, apiUrl + path, jsonRequest(method, body))).status;
          const post = { title: 'After the change', content: 'Still here' };
          const dropsCookies = browser === 'WebKit' && page === crossSite;
          const session = dropsCookies ? loggedOut : loggedIn;
          await startApi(from);
          expect(await registerAndLogIn(tab, apiUrl)).toMatchObject({ status: 200 });
          await startApi(to);
          expect(await readSession(tab, environment)).toEqual(session);
          expect(await statusOf('POST', '/authentication/refresh')).toBe(dropsCookies ? 401 : 204);
          expect(await statusOf('POST', '/posts', post)).toBe(dropsCookies ? 401 : 201);
          expect(await readSession(tab, environment)).toEqual(session);
          expect(await statusOf('POST', '/authentication/log-out')).toBe(204);
          expect(await readSession(tab, environment)).toEqual(loggedOut);
        });
    },
  );
});
