import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import type { Page } from './browsers/browser.js';
import { paint, violationsOn } from './cases/accessibility.js';
import { addCategory, register, writePost } from './cases/frontend.js';
import { inEveryBrowser } from './cases/in-every-browser.js';
import { see } from './cases/texts.js';
import { patience } from './world/port.js';
import { frontendFor } from './world/frontend.js';
import { MarkdownTable } from './world/markdown-table.js';
import { openLocalWorld, type World } from './world/world.js';

const frontend = 'http://localhost:5173';

let world: World;
beforeAll(async () => {
  world = await openLocalWorld({ site: frontendFor('http://localhost:3000') });
}, patience);
afterAll(() => world.close());

async function backgroundOf(page: Page, scheme: 'light' | 'dark'): Promise<string> {
  await paint(page, scheme);
  return page.run(() => getComputedStyle(document.documentElement).backgroundColor);
}

describe('axe finds nothing', () => {
  inEveryBrowser(
    () => world,
    (it) => {
      it('on any page, in light and in dark', async ({ open, browser }) => {
        const page = await open(frontend);
        await page.press('Account');
        const found = [await violationsOn(page, 'light'), await violationsOn(page, 'dark')];
        await register(page);
        await see(page, 'Log out');
        await addCategory(page, `Made in ${browser}`);
        await writePost(page, `Hello from ${browser}`, `Made in ${browser}`);
        for (const name of ['Posts', 'Products', 'Categories', 'Account']) {
          await page.press(name);
          found.push(await violationsOn(page, 'light'), await violationsOn(page, 'dark'));
        }
        expect(found.flat()).toEqual([]);
        expect(await backgroundOf(page, 'dark')).not.toBe(await backgroundOf(page, 'light'));
        await page.press('Posts');
        await see(page, `Hello from ${browser}`);
        if (MarkdownTable.isWriting && browser === 'Chromium') {
          await paint(page, 'light');
          await page.run(() => scrollTo(0, 0));
          await writeFile('docs/frontend.png', await page.screenshot()); // for the README
        }
      });
    },
  );
});
