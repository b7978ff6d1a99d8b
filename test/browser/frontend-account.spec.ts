import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startFrontendEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { logIn as logInOverHttp } from '../support/users.js';
import { newUser } from './support/fetch-from-page.js';
import { logIn, register } from './support/frontend-actions.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { waitForText, waitForTextToDisappear } from './support/page-state.js';

const frontendUrl = 'https://app.example.com';

let environment: TestEnvironment;
beforeAll(async () => (environment = await startFrontendEnvironment(frontendUrl)));
afterAll(() => environment.close());

describe('on the account page, a user', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('changes the name, the address and the password, and deletes the account', async ({ open }) => {
        const user = newUser();
        const other = newUser();
        const page = await open(`${frontendUrl}/account`);
        await register(page, user);
        await page.fill('Name', 'Grace', 'Name');
        await page.click('Save the name');
        await waitForText(page, 'Grace');

        await page.fill('New e-mail address', other.email, 'E-mail address');
        await page.fill('Current password', 'wrong', 'E-mail address');
        await page.click('Save the address');
        await waitForText(page, 'The password is wrong.');
        await page.fill('Current password', user.password, 'E-mail address');
        await page.click('Save the address');
        await waitForText(page, other.email);

        const password = 'another horse = battery';
        await page.fill('Current password', user.password, 'Password');
        await page.fill('New password', password, 'Password');
        await page.click('Change the password');
        await waitForText(page, 'All other sessions have ended.');
        await page.click('Log out');
        await logIn(page, { email: other.email, password });
        await waitForText(page, 'Grace');

        await page.click('Delete your account');
        await page.fill('Current password', password, 'Delete your account');
        await page.click('Delete the account');
        await waitForTextToDisappear(page, 'Log out');
        await logIn(page, { email: other.email, password });
        await waitForText(page, 'The e-mail address or the password is wrong.');
      });

      it('ends one other session, and all other sessions', async ({ open }) => {
        const user = newUser();
        const page = await open(`${frontendUrl}/account`);
        await register(page, user);
        await waitForText(page, 'Current session');
        const logInElsewhere = (device: string) =>
          logInOverHttp(environment.api, user.email, { password: user.password, headers: { 'User-Agent': device } });
        await logInElsewhere('curl/8.5.0');
        await logInElsewhere('PostmanRuntime/7.43.0');
        await page.goto(`${frontendUrl}/account`);
        await waitForText(page, 'End all other sessions');
        await page.click('End the session of curl');
        await waitForTextToDisappear(page, 'curl');
        await page.click('End all other sessions');
        await waitForTextToDisappear(page, 'PostmanRuntime');
        await waitForText(page, 'Current session');
      });

      it('sees the typed password, if they want', async ({ open }) => {
        const page = await open(`${frontendUrl}/account`);
        await page.fill('Password', 'correct horse', 'Log in');
        const types = () =>
          page.evaluate(() =>
            [...document.querySelectorAll<HTMLInputElement>('[name=password]')].map(({ type }) => type),
          );
        expect(await types()).toEqual(['password', 'password']);
        await page.click('Show password', 'Log in');
        expect(await types()).toEqual(['text', 'password']);
      });
    },
  );
});
