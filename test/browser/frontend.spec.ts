import { expect } from '@jest/globals';
import { builtFrontend } from './environment/built-frontend.js';
import { startFrontendEnvironment, startLocalTestEnvironment } from './environment/test-environment.js';
import { fetchFromPage } from './support/fetch-from-page.js';
import { changeTitle, createCategory, createPost, register } from './support/frontend-actions.js';
import { inEveryDeployment, type Deployment } from './support/in-every-deployment.js';
import { waitForText, waitForTextToDisappear } from './support/page-state.js';

const deployments: Deployment[] = [
  {
    name: 'on localhost, over http',
    pageUrl: 'http://localhost:5173',
    start: () => startLocalTestEnvironment({ page: builtFrontend('http://localhost:3000') }),
  },
  {
    name: 'on the same site',
    pageUrl: 'https://app.example.com',
    start: () => startFrontendEnvironment('https://app.example.com'),
  },
  {
    name: 'cross-site',
    pageUrl: 'https://app.example.org',
    start: () => startFrontendEnvironment('https://app.example.org'),
  },
];

inEveryDeployment(
  deployments,
  'a user creates a post in a category, edits it and logs out',
  async ({ open, browser, pageUrl, apiUrl, dropsCookies }) => {
    const page = await open(pageUrl);
    await register(page);
    if (dropsCookies) return waitForText(page, 'the browser did not store the cookie');
    await waitForText(page, 'Log out');
    await createCategory(page, `Coffee in ${browser}`);
    await createPost(page, `Hello from ${browser}`, `Coffee in ${browser}`);
    await changeTitle(page, `Hello from ${browser}`, `Hello again from ${browser}`);
    await page.click('Log out');
    await waitForText(page, 'Log in or register');
    await waitForTextToDisappear(page, 'Log out');
    expect(await fetchFromPage(page, `${apiUrl}/posts/1`, { method: 'DELETE' })).toMatchObject({ status: 401 });
  },
);
