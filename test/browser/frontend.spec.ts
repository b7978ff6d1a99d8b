import { expect } from '@jest/globals';
import { call } from './cases/calls.js';
import { addCategory, register, renamePost, writePost } from './cases/frontend.js';
import { inEverySetting, type Setting } from './cases/in-every-setting.js';
import { see, seeNoMore } from './cases/texts.js';
import { frontendFor } from './world/frontend.js';
import { openLocalWorld, openWorld } from './world/world.js';

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

inEverySetting(
  settings,
  'a visitor writes a post in a category, changes it and logs out',
  async ({ open, browser }, { page: address, api, isDropping }) => {
    const page = await open(address);
    await register(page);
    if (isDropping) return see(page, 'the browser did not keep the cookie');
    await see(page, 'Log out');
    await addCategory(page, `Coffee in ${browser}`);
    await writePost(page, `Hello from ${browser}`, `Coffee in ${browser}`);
    await renamePost(page, `Hello from ${browser}`, `Hello again from ${browser}`);
    await page.press('Log out');
    await see(page, 'Log in or register');
    await seeNoMore(page, 'Log out');
    expect(await call(page, `${api}/posts/1`, { method: 'DELETE' })).toMatchObject({ status: 401 });
  },
);
