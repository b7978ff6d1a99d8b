import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { call } from './cases/calls.js';
import { addCategory, register, renamePost, writePost } from './cases/frontend.js';
import { inEveryBrowser, type BrowserName } from './cases/in-every-browser.js';
import { see, seeNoMore } from './cases/texts.js';
import { patience } from './world/port.js';
import { frontendFor } from './world/frontend.js';
import { openLocalWorld, openWorld, type World } from './world/world.js';

interface Setting {
  name: string;
  page: string;
  /** Browsers that drop the cookies there. */
  dropping: BrowserName[];
  open: () => Promise<World>;
}

const over = (page: string) => () =>
  openWorld([new URL(page).host], {
    site: frontendFor('https://api.example.com'),
    environment: { FRONTEND_URL: page },
  });

const settings: Setting[] = [
  {
    name: 'on this machine, over http',
    page: 'http://localhost:5173',
    dropping: [],
    open: () => openLocalWorld({ site: frontendFor('http://localhost:3000') }),
  },
  { name: 'on one site', page: 'https://app.example.com', dropping: [], open: over('https://app.example.com') },
  {
    name: 'on two sites',
    page: 'https://app.example.org',
    dropping: ['WebKit'],
    open: over('https://app.example.org'),
  },
];

describe.each(settings)('$name', ({ page: address, dropping, open: openIt }) => {
  let world: World;
  beforeAll(async () => {
    world = await openIt();
  }, patience);
  afterAll(() => world.close());

  inEveryBrowser(
    () => world,
    (it) => {
      it('a visitor writes a post in a category, changes it and logs out', async ({ open, browser }) => {
        const page = await open(address);
        await register(page);
        if (dropping.includes(browser)) return see(page, 'the browser did not keep the cookie');
        await see(page, 'Log out');
        await addCategory(page, `Coffee in ${browser}`);
        await writePost(page, `Hello from ${browser}`, `Coffee in ${browser}`);
        await renamePost(page, `Hello from ${browser}`, `Hello again from ${browser}`);
        await page.press('Log out');
        await see(page, 'Log in or register');
        await seeNoMore(page, 'Log out');
        expect(await call(page, `${world.url}/posts/1`, { method: 'DELETE' })).toMatchObject({ status: 401 });
      });
    },
  );
});
