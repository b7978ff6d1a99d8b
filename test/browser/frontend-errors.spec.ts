import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { builtFrontend } from './environment/built-frontend.js';
import { startTestEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { newUser } from './support/fetch-from-page.js';
import { logIn } from './support/frontend-actions.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { waitForText, waitForTextToDisappear } from './support/page-state.js';

/** Nobody listens on the first API, until `isRunning`. */
let isRunning = false;
const switchedApi: RequestListener = (_, response) => {
  if (!isRunning) return void response.destroy();
  response.setHeader('Access-Control-Allow-Origin', 'https://down.example.com');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Content-Type', 'application/json');
  response.end('{"count":0,"items":[]}');
};

let environment: TestEnvironment;
const hosts = ['app.example.com', 'other.example.com', 'down.example.com'];
beforeAll(async () => {
  const page: RequestListener = (request, response) => {
    const isDown = request.headers.host === 'down.example.com';
    if (isDown && request.url?.startsWith('/api/')) switchedApi(request, response);
    else builtFrontend(isDown ? '/api' : 'https://api.example.com')(request, response);
  };
  const variables = { FRONTEND_URL: 'https://app.example.com', LOG_IN_ATTEMPTS: '2' };
  environment = await startTestEnvironment(hosts, { page, variables });
});
afterEach(() => {
  isRunning = false;
});
afterAll(() => environment.close());

describe('the frontend', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('says that the API does not respond, and tries again', async ({ open }) => {
        const page = await open('https://down.example.com/posts');
        await waitForText(page, 'does not respond. Is it running?');
        isRunning = true;
        await page.click('Try again');
        await waitForText(page, 'There are no posts yet. Create the first one.');
        await waitForTextToDisappear(page, 'does not respond');
      });

      it('says that the device is offline, and loads when it is online again', async ({ open }) => {
        const page = await open('https://down.example.com/not-found');
        await page.evaluate(() => {
          Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
          dispatchEvent(new Event('offline'));
        });
        await page.click('Posts');
        await waitForText(page, 'You are offline.');
        isRunning = true;
        await page.evaluate(() => {
          Reflect.deleteProperty(navigator, 'onLine');
          dispatchEvent(new Event('online'));
        });
        await waitForText(page, 'There are no posts yet.');
      });

      it('says that its origin is not allowed', async ({ open }) => {
        const page = await open('https://other.example.com/posts');
        await waitForText(page, 'does not allow pages of https://other.example.com');
      });

      it('says once and in minutes how long to wait', async ({ open }) => {
        const page = await open('https://app.example.com/account');
        const user = newUser();
        const isLimited = () => page.evaluate(() => document.body.innerText.includes('Too many attempts'));
        for (let attempt = 0; attempt < 3; attempt += 1) {
          await logIn(page, user);
          await waitForText(page, attempt < 2 ? 'is wrong' : 'Too many attempts');
          if (attempt < 2) expect(await isLimited()).toBe(false);
        }
        const message = await page.evaluate(() => document.querySelector('[role=alert]')?.textContent);
        expect(message).toMatch(/^Too many attempts\. Try again in (a minute|\d+ minutes)\.$/);
      });
    },
  );
});
