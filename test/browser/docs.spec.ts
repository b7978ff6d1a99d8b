import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from './browsers/browser.js';
import { startTestEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { waitUntil } from '../support/wait.js';

let environment: TestEnvironment;
beforeAll(
  async () =>
    (environment = await startTestEnvironment(['app.example.com'], {
      variables: { FRONTEND_URL: 'https://app.example.com' },
    })),
);
afterAll(() => environment.close());

/** Clicks an element once it is there. */
async function click(page: Page, selector: string): Promise<void> {
  const isClicked = () =>
    page.evaluate((selector) => {
      const element = document.querySelector<HTMLElement>(selector);
      element?.click();
      return element !== null;
    }, selector);
  await waitUntil(isClicked, () => selector);
}

/** Sends an operation with what Swagger UI fills in. @returns the status that it shows */
async function execute(page: Page, operationId: string): Promise<string> {
  const block = `[id$="-${operationId}"]`;
  await click(page, `${block} .opblock-summary-control`);
  await click(page, `${block} .try-out__btn`);
  await click(page, `${block} .execute`);
  const status = () =>
    page.evaluate(
      (selector) => document.querySelector(selector)?.textContent ?? '',
      `${block} .live-responses-table tbody .response-col_status`,
    );
  await waitUntil(async () => /^\d{3}/.test(await status()));
  return (await status()).slice(0, 3);
}

describe('in the documentation', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('the examples succeed, from the account to a token, and "Authorize" asks for a token alone', async ({
        open,
      }) => {
        const page = await open(`${environment.apiUrl}/docs`);
        // The browsers of this test share a database: the account may be there already.
        expect(['201', '409']).toContain(await execute(page, 'accounts-register'));
        const statuses: Record<string, string> = {};
        for (const operationId of [
          'authentication-logIn',
          'authentication-findCurrentUser',
          'authentication-refresh',
          'accounts-update',
          'posts-create',
          'products-create',
          'personalaccesstokens-create',
          'posts-findAll',
          'categories-findAll',
          'products-findAll',
        ])
          statuses[operationId] = await execute(page, operationId);
        expect(statuses).toEqual({
          'authentication-logIn': '200',
          'authentication-findCurrentUser': '200',
          'authentication-refresh': '204',
          'accounts-update': '200',
          'posts-create': '201',
          'products-create': '201',
          'personalaccesstokens-create': '201',
          'posts-findAll': '200',
          'categories-findAll': '200',
          'products-findAll': '200',
        });
        expect(await execute(page, 'authentication-logOut')).toBe('204');
        await click(page, '.btn.authorize');
        const names = () =>
          page.evaluate(() =>
            [...document.querySelectorAll('.auth-container h4 code')].map((each) => each.textContent),
          );
        await waitUntil(async () => (await names()).length > 0);
        expect(await names()).toEqual(['token']);
      });
    },
  );
});
