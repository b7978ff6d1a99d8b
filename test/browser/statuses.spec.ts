import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { takeDatabaseAway } from '../cross-origin/support/database-gone.js';
import { FailuresController } from '../cross-origin/support/failures.controller.js';
import { startTestEnvironment, type TestEnvironment } from './environment/test-environment.js';
import {
  credentialsOf,
  fetchFromPage,
  jsonRequest,
  newUser,
  registerAndLogIn,
  type FetchInit,
} from './support/fetch-from-page.js';
import { inEveryBrowser } from './support/in-every-browser.js';

const frontendUrl = 'https://app.example.com';
const largeTitle = 'x'.repeat(1_100_000);
const unknownCategory = { title: 'A', content: 'B', categoryIds: [2_147_483_647] };

const errors = (): [status: number, cause: string, path: string, init?: FetchInit][] => [
  [400, 'invalid JSON', '/posts', { ...jsonRequest('POST', {}), body: '{' }],
  [401, 'a wrong password', '/authentication/log-in', jsonRequest('POST', credentialsOf(newUser()))],
  [403, 'a missing permission', '/origins'],
  [404, 'an unknown post', '/posts/2147483647'],
  [405, 'a method that the path does not support', '/posts/1', { method: 'POST' }],
  [409, 'a name that is already in use', '/categories', jsonRequest('POST', { name: 'Taken' })],
  [413, 'a body that is too large', '/posts', jsonRequest('POST', { title: largeTitle })],
  [415, 'a body that is not JSON', '/posts', { method: 'POST', body: 'hello' }],
  [422, 'an unknown category', '/posts', jsonRequest('POST', unknownCategory)],
  [431, 'a header that is too long', '/posts', { headers: { 'X-Request-Id': 'x'.repeat(17_000) } }],
  [500, 'an unexpected exception', '/failures/error'],
];

let environment: TestEnvironment;
beforeAll(async () => {
  const variables = { FRONTEND_URL: frontendUrl, LOG_IN_ATTEMPTS: '2' };
  environment = await startTestEnvironment(['app.example.com'], { variables, controllers: [FailuresController] });
});
afterAll(() => environment.close());

describe('the page can read the status', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('of all errors except 429 and 503', async ({ open }) => {
        const page = await open(frontendUrl);
        await registerAndLogIn(page, environment.apiUrl);
        await fetchFromPage(page, `${environment.apiUrl}/categories`, jsonRequest('POST', { name: 'Taken' }));
        for (const [status, cause, path, init] of errors()) {
          const result = await fetchFromPage(page, `${environment.apiUrl}${path}`, init);
          expect({ cause, ...result }).toMatchObject({ cause, status, body: { status } });
        }
      });

      it('429 after too many attempts, and when to try again', async ({ open }) => {
        const page = await open(frontendUrl);
        const wrongCredentials = jsonRequest('POST', credentialsOf(newUser()));
        const attempt = () => fetchFromPage(page, `${environment.apiUrl}/authentication/log-in`, wrongCredentials);
        for (const status of [401, 401, 429]) expect(await attempt()).toMatchObject({ status });
        const { headers } = await attempt();
        expect(Number(headers?.['retry-after'])).toBeGreaterThan(0);
      });

      it('503 while the database is not available', async ({ open }) => {
        const page = await open(frontendUrl);
        const restoreDatabase = await takeDatabaseAway(environment.api);
        try {
          const result = await fetchFromPage(page, `${environment.apiUrl}/posts`);
          expect(result).toMatchObject({ status: 503, body: { status: 503 } });
        } finally {
          await restoreDatabase();
        }
        expect(await fetchFromPage(page, `${environment.apiUrl}/posts`)).toMatchObject({ status: 200 });
      });
    },
  );
});
