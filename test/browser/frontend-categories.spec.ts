import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startFrontendEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { createItem, fetchFromPage, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { waitForText } from './support/page-state.js';

const frontendUrl = 'https://app.example.com';

let environment: TestEnvironment;
beforeAll(async () => (environment = await startFrontendEnvironment(frontendUrl)));
afterAll(() => environment.close());

describe('with more categories than a form loads', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('an edited post keeps its category', async ({ open, browser }) => {
        const page = await open(`${frontendUrl}/no/such/page`);
        await registerAndLogIn(page, environment.apiUrl);
        const create = (path: string, body: object) => createItem(page, environment.apiUrl + path, body);
        for (let index = 1; index <= 50; index += 1) await create('/categories', { name: `A${index} ${browser}` });
        const categoryIds = [await create('/categories', { name: `Zebra in ${browser}` })];
        const id = await create('/posts', { title: `Stripes in ${browser}`, content: 'Black.', categoryIds });

        await page.goto(`${frontendUrl}/posts/${String(id)}`);
        await page.click(`Edit Stripes in ${browser}`);
        await page.fill('Content', 'White.', `Edit Stripes in ${browser}`);
        await page.click('Save', `Edit Stripes in ${browser}`);
        await waitForText(page, 'White.');
        const { body } = await fetchFromPage(page, `${environment.apiUrl}/posts/${String(id)}`);
        expect(body).toMatchObject({ content: 'White.', categories: [{ id: categoryIds[0] }] });
      });
    },
  );
});
