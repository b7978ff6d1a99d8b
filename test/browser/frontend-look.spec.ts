import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from './browsers/browser.js';
import { startFrontendEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { waitForText } from './support/page-state.js';

const frontendUrl = 'https://app.example.com';

let environment: TestEnvironment;
beforeAll(async () => (environment = await startFrontendEnvironment(frontendUrl)));
afterAll(() => environment.close());

const backgroundOf = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

/** Shows the page in a frame as wide as a phone. */
function measureOnPhone(page: Page) {
  return page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.style.cssText = 'width: 375px; height: 800px; border: 0';
    frame.src = '/products?currency=EUR';
    document.body.append(frame);
    const frameDocument = () => frame.contentDocument as Document;
    while (!frameDocument().querySelector('body')?.textContent.includes('0 of 0 products'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const links = [...frameDocument().querySelectorAll('nav a')];
    return {
      overflows: frameDocument().documentElement.scrollWidth > 375,
      rows: new Set(links.map((link) => link.getBoundingClientRect().top)).size,
      isPanelOpen: frameDocument().querySelector<HTMLDetailsElement>('aside details')?.open,
    };
  });
}

describe('the frontend', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('keeps the chosen colours', async ({ open }) => {
        const page = await open(frontendUrl);
        const before = await backgroundOf(page);
        await page.click('Dark colours');
        const after = await backgroundOf(page);
        expect(after).not.toBe(before);
        await page.goto(`${frontendUrl}/products`);
        expect(await backgroundOf(page)).toBe(after);
      });

      it('moves the focus to the new page, without a ring and below the header', async ({ open }) => {
        const page = await open(frontendUrl);
        await page.click('Products');
        const focus = await page.evaluate(() => ({
          id: document.activeElement?.id,
          outline: getComputedStyle(document.activeElement as Element).outlineStyle,
          scrollY,
        }));
        expect(focus).toEqual({ id: 'main', outline: 'none', scrollY: 0 });
      });

      it('fits a phone, with one row of links and a folded panel', async ({ open }) => {
        const page = await open(frontendUrl);
        expect(await measureOnPhone(page)).toEqual({ overflows: false, rows: 1, isPanelOpen: false });
      });

      it('tells a visitor nothing alarming', async ({ open }) => {
        const page = await open(frontendUrl);
        await waitForText(page, 'None: you are not logged in.');
        await waitForText(page, 'No cookie');
        await waitForText(page, 'Log in or register first');
        const colours = await page.evaluate(() =>
          ['.user-menu a', '[data-cookie=missing] .cookie'].map(
            (selector) => getComputedStyle(document.querySelector(selector) as Element).color,
          ),
        );
        expect(colours[1]).toBe(colours[0]); // not red
        expect(await page.evaluate(() => document.querySelectorAll('[role=alert]').length)).toBe(0);
      });
    },
  );
});
