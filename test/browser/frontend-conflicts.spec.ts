import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from './browsers/browser.js';
import { startFrontendEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { findViolations } from './support/accessibility.js';
import { fetchFromPage, jsonRequest, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser, type TestContext } from './support/in-every-browser.js';
import { waitForText, waitForTextToDisappear } from './support/page-state.js';

const frontendUrl = 'https://app.example.com';
const conflict = (itemName: string) => `Somebody else changed this ${itemName} while you were editing.`;

let environment: TestEnvironment;
beforeAll(async () => (environment = await startFrontendEnvironment(frontendUrl)));
afterEach(() => {
  environment.network.losesResponseTo = () => false;
});
afterAll(() => environment.close());

const send = (page: Page, path: string, method = 'GET', body?: object) =>
  fetchFromPage(page, environment.apiUrl + path, body && jsonRequest(method, body));

/** @returns the path */
async function create(page: Page, path: string, body: object): Promise<string> {
  return String((await send(page, path, 'POST', body)).headers?.location);
}

/** Waits until the fields are filled. @param label that of the first field */
async function openEditor(page: Page, url: string, name: string, label: string): Promise<void> {
  await page.goto(frontendUrl + url);
  await page.click(`Edit ${name}`);
  await waitForText(page, label);
}

const contentOn = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLTextAreaElement>('[name=content]')?.value);

/** Two tabs edit a post, and the other one saves first. @returns the tab that gets the conflict */
async function saveInTwoTabs(open: TestContext['open'], title: string): Promise<{ page: Page; path: string }> {
  const other = await open(`${frontendUrl}/no/such/page`);
  await registerAndLogIn(other, environment.apiUrl);
  const path = await create(other, '/posts', { title, content: 'Original.' });
  const page = await open(`${frontendUrl}/no/such/page`);
  for (const tab of [other, page]) await openEditor(tab, path, title, 'Content');
  await other.fill('Content', 'Theirs.', `Edit ${title}`);
  await other.click('Save', `Edit ${title}`);
  await waitForText(other, 'Saved.');
  await page.fill('Content', 'Mine.', `Edit ${title}`);
  await page.click('Save', `Edit ${title}`);
  await waitForText(page, conflict('post'));
  return { page, path };
}

describe('when somebody else saves first, the editor', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('shows both versions of a post, and saves that of the user', async ({ open, browser }) => {
        const title = `Two tabs of ${browser}`;
        const { page, path } = await saveInTwoTabs(open, title);
        const saved = () => page.evaluate(() => document.activeElement?.textContent);
        expect(await saved()).toContain('Content ChangedTheirs.');
        expect(await contentOn(page)).toBe('Mine.');
        expect(await send(page, path)).toMatchObject({ body: { content: 'Theirs.' } });
        await page.click('Save mine anyway', `Edit ${title}`);
        await waitForText(page, 'Saved.');
        await waitForTextToDisappear(page, 'The saved version');
        expect(await send(page, path)).toMatchObject({ body: { content: 'Mine.' } });
        await page.fill('Content', 'Mine again.', `Edit ${title}`);
        await page.click('Save', `Edit ${title}`);
        await waitForText(page, 'Mine again.');
      });

      it('fills the form with the saved version of a post', async ({ open, browser }) => {
        const title = `Taken in ${browser}`;
        const { page, path } = await saveInTwoTabs(open, title);
        await page.click('Take the saved version', `Edit ${title}`);
        await waitForTextToDisappear(page, conflict('post'));
        expect(await contentOn(page)).toBe('Theirs.');
        await page.fill('Content', 'Ours.', `Edit ${title}`);
        await page.click('Save', `Edit ${title}`);
        await waitForText(page, 'Saved.');
        expect(await send(page, path)).toMatchObject({ body: { content: 'Ours.' } });
      });

      it('asks again when the item has changed once more', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const name = `Contested in ${browser}`;
        const path = await create(page, '/categories', { name });
        await openEditor(page, '/categories', name, 'Description');
        await page.fill('Description', 'Mine', `Edit ${name}`);
        for (const description of ['Theirs', 'Theirs again']) {
          await send(page, path, 'PATCH', { description });
          await page.click(description === 'Theirs' ? 'Save' : 'Save mine anyway', `Edit ${name}`);
          await waitForText(page, `${description}\n`);
          await waitForText(page, conflict('category'));
        }
        await page.click('Save mine anyway', `Edit ${name}`);
        await waitForText(page, 'Saved.');
        expect(await send(page, path)).toMatchObject({ body: { description: 'Mine' } });
      });

      it('takes the saved version of a product, with all its fields', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const name = `Scarce in ${browser}`;
        const path = await create(page, '/products', { name, price: { amount: 1250, currency: 'EUR' }, stock: 4 });
        await openEditor(page, path, name, 'Properties');
        await send(page, path, 'PATCH', { price: { amount: 999, currency: 'CHF' }, stock: 1 });
        await page.fill('In stock', '3', `Edit ${name}`);
        await page.click('Save', `Edit ${name}`);
        await waitForText(page, conflict('product'));
        const violations = [await findViolations(page, 'light'), await findViolations(page, 'dark')];
        expect(violations.flat()).toEqual([]);
        await page.click('Take the saved version', `Edit ${name}`);
        await waitForTextToDisappear(page, conflict('product'));
        await page.click('Save', `Edit ${name}`);
        await waitForText(page, 'Saved.');
        const body = { price: { amount: 999, currency: 'CHF' }, stock: 1 };
        expect(await send(page, path)).toMatchObject({ body });
      });
    },
  );
});

describe('when a response is lost, a form', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('can be submitted again, and creates one post', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const title = `Sent twice in ${browser}`;
        const query = `/posts?search=${encodeURIComponent(title)}`;
        await page.goto(frontendUrl + query);
        await page.click('Create a post');
        const createPost = async () => {
          await page.fill('Title', title, 'Create a post');
          await page.fill('Content', 'Once.', 'Create a post');
          await page.click('Create', 'Create a post');
        };
        environment.requests.length = 0;
        environment.network.losesResponseTo = ({ method, url }) => method === 'POST' && url === '/posts';
        await createPost();
        await waitForText(page, 'its response did not arrive. Try again.');
        environment.network.losesResponseTo = () => false;
        await page.click('Create', 'Create a post');
        await waitForText(page, 'Saved.');
        expect(await send(page, query)).toMatchObject({ body: { count: 1 } });
        const requests = environment.requests.filter(({ method, url }) => method === 'POST' && url === '/posts');
        expect(requests.length).toBeGreaterThan(1);
        expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);

        await createPost();
        await waitForText(page, '2 of 2 posts');
      });
    },
  );
});
