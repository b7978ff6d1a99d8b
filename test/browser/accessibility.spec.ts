import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import type { Page } from './browsers/browser.js';
import { builtFrontend } from './environment/built-frontend.js';
import { portsTimeoutMs } from './environment/ports.js';
import { startLocalTestEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { findViolations, setColorScheme } from './support/accessibility.js';
import { fetchFromPage, jsonRequest, registerAndLogIn } from './support/fetch-from-page.js';
import { createCategory, createPost, register } from './support/frontend-actions.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { MarkdownTable } from './support/markdown-table.js';
import { waitForText } from './support/page-state.js';

const frontendUrl = 'http://localhost:5173';

let environment: TestEnvironment;
beforeAll(async () => {
  environment = await startLocalTestEnvironment({ page: builtFrontend('http://localhost:3000') });
}, portsTimeoutMs);
afterAll(() => environment.close());

async function backgroundOf(page: Page, scheme: 'light' | 'dark'): Promise<string> {
  await setColorScheme(page, scheme);
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

describe('axe finds no violation', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('on the pages without a link in the navigation', async ({ open }) => {
        const page = await open(`${frontendUrl}/forgot-password`);
        const violations: string[] = [];
        for (const path of [
          'forgot-password',
          'confirm-email',
          'reset-password',
          'no-such-page',
          'posts?search=none',
        ]) {
          await page.goto(`${frontendUrl}/${path}`);
          violations.push(...(await findViolations(page, 'light')), ...(await findViolations(page, 'dark')));
        }
        expect(violations).toEqual([]);
      });

      it('on the page of a product, with invalid input and with a deletion', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no-such-page`);
        await registerAndLogIn(page, environment.apiUrl);
        const name = `Read in ${browser}`;
        const product = jsonRequest('POST', { name, price: { amount: 100, currency: 'EUR' }, properties: { size: 1 } });
        const { headers } = await fetchFromPage(page, `${environment.apiUrl}/products`, product);
        await page.goto(frontendUrl + String(headers?.location));
        await page.click(`Edit ${name}`);
        await page.fill('Properties', '{', `Edit ${name}`);
        await page.click('Save', `Edit ${name}`);
        await waitForText(page, 'must be JSON');
        const violations = [await findViolations(page, 'light'), await findViolations(page, 'dark')];
        await page.click(`Delete ${name}`);
        await waitForText(page, 'is deleted.');
        violations.push(await findViolations(page, 'light'), await findViolations(page, 'dark'));
        expect(violations.flat()).toEqual([]);
      });

      it('on any page, in the light and in the dark colour scheme', async ({ open, browser }) => {
        const page = await open(frontendUrl);
        await page.click('Account');
        const violations = [await findViolations(page, 'light'), await findViolations(page, 'dark')];
        await register(page);
        await waitForText(page, 'Log out');
        await createCategory(page, `Made in ${browser}`);
        await createPost(page, `Hello from ${browser}`, `Made in ${browser}`);
        for (const name of ['Posts', 'Products', 'Categories', 'Account']) {
          await page.click(name);
          violations.push(await findViolations(page, 'light'), await findViolations(page, 'dark'));
        }
        expect(violations.flat()).toEqual([]);
        expect(await backgroundOf(page, 'dark')).not.toBe(await backgroundOf(page, 'light'));
        await page.click('Posts');
        await waitForText(page, `Hello from ${browser}`);
        if (MarkdownTable.isWriting && browser === 'Chromium') {
          await setColorScheme(page, 'light');
          await page.evaluate(() => scrollTo(0, 0));
          await writeFile('docs/frontend.png', await page.screenshot()); // for the README
        }
      });
    },
  );
});
