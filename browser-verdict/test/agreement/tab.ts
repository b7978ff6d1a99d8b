import type { Browser, Page } from 'puppeteer-core';
import { withTimeout } from '../../../test/browser/browsers/with-timeout.js';
import type { Driver } from './driver.js';

/** A tab of Chromium (DevTools protocol) or Firefox (WebDriver BiDi). */
export const tabDriver = (page: Page): Driver => ({
  goto: async (url) => {
    await page.goto(url, { waitUntil: 'domcontentloaded' });
  },
  evaluate: (script, ...args) => page.evaluate(script as (...given: unknown[]) => unknown, ...args) as never,
});

/** Opens the tabs; ends the browser when it does not answer. */
export async function openTabs(browser: Browser, tabs: number): Promise<Page[]> {
  try {
    return await withTimeout(Promise.all(Array.from({ length: tabs }, () => browser.newPage())), 30_000);
  } catch (error) {
    await closeOrKill(browser);
    throw error;
  }
}

export async function closeOrKill(browser: Browser): Promise<void> {
  await withTimeout(browser.close(), 30_000).catch(() => browser.process()?.kill('SIGKILL'));
}
