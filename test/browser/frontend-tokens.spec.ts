import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from './browsers/browser.js';
import { startFrontendEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { findViolations } from './support/accessibility.js';
import { register } from './support/frontend-actions.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { choose, waitForText, waitForTextToDisappear } from './support/page-state.js';

const frontendUrl = 'https://app.example.com';

let environment: TestEnvironment;
beforeAll(async () => (environment = await startFrontendEnvironment(frontendUrl)));
afterAll(() => environment.close());

const form = 'Create an access token';

async function openForm(page: Page): Promise<void> {
  await register(page);
  await waitForText(page, 'You have no access tokens.');
  await page.click(form);
}

/** As the page shows it. */
const tokenOn = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLInputElement>('input[readonly]')?.value ?? '');

/** Not typed: each browser has another way to type a date. */
const chooseExpiryDate = (page: Page, date: string) =>
  page.evaluate((value) => {
    (document.querySelector('[name=expiresAt]') as HTMLInputElement).value = value;
  }, date);

const send = (method: 'get' | 'post', path: string, token: string) =>
  environment.api.request[method](path).set('Authorization', `Bearer ${token}`);

describe('on the account page, a user', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('creates an access token, sees it once, uses it and revokes it', async ({ open }) => {
        const page = await open(`${frontendUrl}/account`);
        await openForm(page);
        await page.fill('Name', 'Backup script', form);
        await choose(page, 'Access', 'write', form);
        await page.click('Create', form);
        await waitForText(page, 'it will not be shown again');
        const token = await tokenOn(page);
        await page.click('Copy');
        await waitForText(page, 'Copied.');
        await waitForText(page, 'never used');
        const violations = [await findViolations(page, 'light'), await findViolations(page, 'dark')];
        expect(violations.flat()).toEqual([]);

        const post = { title: 'By a script', content: 'Sent with a token.' };
        await send('post', '/posts', token).send(post).expect(201);
        await page.goto(`${frontendUrl}/account`);
        await waitForText(page, 'Read and write · last used');
        expect(await tokenOn(page)).toBe('');
        await page.click('Revoke Backup script');
        await waitForText(page, 'You have no access tokens.');
        await send('get', '/authentication', token).expect(401);
      });

      it('revokes the token that was just created, which then disappears', async ({ open }) => {
        const page = await open(`${frontendUrl}/account`);
        await openForm(page);
        await page.fill('Name', 'A mistake', form);
        await page.click('Create', form);
        await waitForText(page, 'it will not be shown again');
        await page.click('Revoke A mistake');
        await waitForTextToDisappear(page, 'it will not be shown again');
      });

      it('creates a token that can only read, until a day', async ({ open }) => {
        const page = await open(`${frontendUrl}/account`);
        await openForm(page);
        await chooseExpiryDate(page, '2001-01-31');
        await page.click('Create', form);
        for (const error of ['must not be empty', 'must be in the future']) await waitForText(page, error);
        const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name'));
        expect(await focused()).toBe('name');
        await page.fill('Name', 'Statistics', form);
        await chooseExpiryDate(page, '2999-12-31');
        await page.click('Create', form);
        await waitForText(page, 'expires Dec 31, 2999');
        const token = await tokenOn(page);
        await send('get', '/authentication', token).expect(200);
        await send('post', '/posts', token).send({ title: 'Not allowed', content: '-' }).expect(403);
      });
    },
  );
});
