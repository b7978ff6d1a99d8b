import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from './browsers/browser.js';
import { startFrontendEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { createItem, fetchFromPage, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { waitUntil } from '../support/wait.js';
import { choose, waitForText, waitForTextToDisappear } from './support/page-state.js';

const frontendUrl = 'https://app.example.com';

let environment: TestEnvironment;
beforeAll(async () => (environment = await startFrontendEnvironment(frontendUrl)));
afterAll(() => environment.close());

const create = (page: Page, path: string, body: object) => createItem(page, environment.apiUrl + path, body);

const product = { name: 'A mug', price: { amount: 1250, currency: 'EUR' }, stock: 4 };

describe('on the pages of the items, a user', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('edits a product at its own address', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const id = await create(page, '/products', product);
        await page.goto(`${frontendUrl}/products/${String(id)}`);
        await page.click('Edit A mug');
        await page.fill('Price', '9.99', 'Edit A mug');
        await page.fill('In stock', '7', 'Edit A mug');
        await page.fill('SKU', `MUG-${browser}`, 'Edit A mug');
        await page.fill('Properties', '{', 'Edit A mug');
        await page.click('Save', 'Edit A mug');
        await waitForText(page, 'must be JSON');
        await page.fill('Properties', '{"colour": "blue"}', 'Edit A mug');
        await page.click('Save', 'Edit A mug');
        await waitForText(page, '€9.99');
        await page.goto(`${frontendUrl}/products/${String(id)}`);
        for (const text of ['7', `MUG-${browser}`, 'colour', 'blue']) await waitForText(page, text);
        const titleOf = () => page.evaluate(() => document.title);
        await waitUntil(async () => (await titleOf()) === 'A mug · Cross-origin API');
        await page.goto(`${frontendUrl}/products/999999`);
        await waitForText(page, 'There is nothing at this address');
        await waitUntil(async () => (await titleOf()) === 'Not found · Cross-origin API');
      });

      it('edits a category, and finds its posts', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const id = await create(page, '/categories', { name: `Tea in ${browser}` });
        await create(page, '/posts', { title: `About tea in ${browser}`, content: 'Hot.', categoryIds: [id] });
        await create(page, '/posts', { title: `About nothing in ${browser}`, content: 'Cold.' });
        await page.goto(`${frontendUrl}/categories`);
        await page.click(`Edit Tea in ${browser}`);
        await page.fill('Name', `Green tea in ${browser}`, `Edit Tea in ${browser}`);
        await page.click('Save', `Edit Tea in ${browser}`);
        await page.click(`Posts in Green tea in ${browser}`);
        await waitForText(page, '1 of 1 posts');
        await page.click(`About tea in ${browser}`);
        await waitForText(page, 'All posts');
        const headingOf = () => page.evaluate(() => document.querySelector('h1')?.textContent);
        await waitUntil(async () => (await headingOf()) === `About tea in ${browser}`);
        await page.click('Posts of Ada');
        await waitForText(page, 'Only posts of Ada');
        await waitForText(page, '2 of 2 posts');
      });

      it('filters and sorts products, and can clear the filters', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const prices = { Cheap: 100, Dear: 900 };
        for (const [name, amount] of Object.entries(prices))
          await create(page, '/products', { name: `${name} ${browser}`, price: { amount, currency: 'CHF' } });
        await page.goto(`${frontendUrl}/products?search=${browser}`);
        await waitForText(page, `Cheap ${browser}`);
        await choose(page, 'Currency', 'CHF');
        await choose(page, 'Sort', '-price');
        const names = () =>
          page.evaluate(() => [...document.querySelectorAll('article h2')].map((name) => name.textContent));
        await page.fill('Price to', '5');
        await waitForText(page, '1 of 1 products');
        expect(await names()).toEqual([`Cheap ${browser}`]);
        await page.fill('Search products', 'no such product');
        await page.click('Clear the filters');
        await waitForText(page, `Dear ${browser}`);
      });

      it('follows a link with parameters of an advertisement, and sorts what is found by relevance', async ({
        open,
        browser,
      }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const word = `lighthouse${browser}`;
        await create(page, '/posts', { title: `All about the ${word}`, content: word });
        await create(page, '/posts', { title: `Not found in ${browser}`, content: 'Nothing.' });
        await create(page, '/posts', { title: 'Something else', content: `There was a ${word}, too.` });
        await page.goto(`${frontendUrl}/posts?utm_source=newsletter&sort=relevance&search=${word}`);
        const titles = () =>
          page.evaluate(() => [...document.querySelectorAll('article h2')].map((title) => title.textContent).join());
        await waitUntil(async () => (await titles()) === `All about the ${word},Something else`);
        await choose(page, 'Sort', '');
        await waitUntil(async () => (await titles()) === `Something else,All about the ${word}`);
        await choose(page, 'Sort', 'relevance');
        await waitUntil(async () => (await titles()) === `All about the ${word},Something else`);
        await page.goto(`${frontendUrl}/posts?sort=relevance`);
        await waitForText(page, `Not found in ${browser}`);
      });

      it('deletes a post, undoes it, and deletes it for good', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const title = `Short-lived in ${browser}`;
        const id = await create(page, '/posts', { title, content: 'Soon gone.' });
        const path = `/posts/${String(id)}`;
        await page.goto(frontendUrl + path);
        await page.click(`Delete ${title}`);
        await waitForText(page, `“${title}” is deleted.`);
        await waitForTextToDisappear(page, 'Soon gone.');
        await page.click(`Undo: keep ${title}`);
        await waitForText(page, 'Soon gone.');
        expect(environment.requests.filter(({ method, url }) => method === 'DELETE' && url === path)).toEqual([]);
        await page.click(`Delete ${title}`);
        await page.click(`Close the message about ${title}`);
        await waitForTextToDisappear(page, title);
        expect(await fetchFromPage(page, environment.apiUrl + path)).toMatchObject({ status: 404 });
      });

      it('sees why a deletion failed', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const name = `Used in ${browser}`;
        const id = await create(page, '/categories', { name });
        await create(page, '/posts', { title: 'Uses it', content: '-', categoryIds: [id] });
        await page.goto(`${frontendUrl}/categories`);
        await page.click(`Delete ${name}`);
        await page.click(`Close the message about ${name}`);
        await waitForText(page, `“${name}” could not be deleted.`);
        await page.click(`Close the message about ${name}`);
        await waitForTextToDisappear(page, 'could not be deleted');
        await waitForText(page, name);
      });
    },
  );
});
