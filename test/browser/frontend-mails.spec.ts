import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { linkIn, Mailbox } from '../support/smtp.js';
import { createUser } from '../support/users.js';
import { startFrontendEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { newUser } from './support/fetch-from-page.js';
import { logIn, register } from './support/frontend-actions.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { waitForText } from './support/page-state.js';

const frontendUrl = 'https://app.example.com';

let environment: TestEnvironment;
let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await Mailbox.open();
  environment = await startFrontendEnvironment(frontendUrl, { SMTP_URL: mailbox.url });
});
afterAll(async () => {
  await environment.close();
  await mailbox.close();
});

/** The link in the newest mail with this path. */
async function linkTo(email: string, path: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const mails = await mailbox.to(email, count);
    const link = mails.map(linkIn).findLast(({ pathname }) => pathname === path);
    if (link) return link.href;
  }
}

describe('the links in mails', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('set a new password', async ({ open }) => {
        const { email } = await createUser(environment.api);
        const page = await open(`${frontendUrl}/account`);
        await page.click('Forgot password?');
        await page.fill('E-mail address', email, 'Forgot password');
        await page.click('Send the link');
        await waitForText(page, 'the link is in its inbox soon');

        await page.goto(await linkTo(email, '/reset-password'));
        await page.fill('New password', 'short', 'Set a new password');
        await page.click('Set the password');
        await waitForText(page, 'at least 8');
        const password = 'another horse = battery';
        await page.fill('New password', password, 'Set a new password');
        await page.click('Set the password');
        await waitForText(page, 'Your password is changed');
        await page.click('Log in');
        await logIn(page, { email, password });
        await waitForText(page, 'Log out');
      });

      it('say when they no longer work', async ({ open }) => {
        const page = await open(`${frontendUrl}/reset-password?token=${'a'.repeat(43)}`);
        await page.fill('New password', 'another horse = battery', 'Set a new password');
        await page.click('Set the password');
        await waitForText(page, 'This link was used before or has expired');
        await page.click('Request a new link');
        await waitForText(page, 'Send the link');
      });

      it('confirm the e-mail address', async ({ open }) => {
        const user = newUser();
        const page = await open(frontendUrl);
        await register(page, user);
        await waitForText(page, 'Log out');
        await page.goto(await linkTo(user.email, '/confirm-email'));
        await page.click('Confirm');
        await waitForText(page, 'Your e-mail address is confirmed');
        await page.goto(`${frontendUrl}/confirm-email`);
        await page.click('Confirm');
        await waitForText(page, 'Does the link no longer work?');
      });

      it('can be opened again: every page has its own address', async ({ open }) => {
        const page = await open(`${frontendUrl}/categories`);
        await waitForText(page, '0 of 0 categories');
        await page.click('Products');
        expect(await page.evaluate(() => location.pathname)).toBe('/products');
        await page.evaluate(() => history.back());
        await waitForText(page, '0 of 0 categories');
        expect(await page.evaluate(() => document.title)).toBe('Categories · Cross-origin API');
        await page.goto(`${frontendUrl}/no/such/page`);
        await waitForText(page, 'There is nothing at this address');
      });
    },
  );
});
