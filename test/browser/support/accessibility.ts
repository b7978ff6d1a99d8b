import axe from 'axe-core';
import type { Page } from '../browsers/browser.js';
import { waitUntilIdle } from './page-state.js';

/** @returns the violations that axe finds on this page, one line for each rule and element */
export async function findViolations(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  await setColorScheme(page, scheme);
  return page.evaluate(
    async (source, colorScheme) => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      if (!('axe' in window)) new Function(source)();
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${colorScheme}: ${id}: ${html}`));
    },
    axe.source,
    scheme,
  );
}

/** As the button of the frontend does. Not every driver can set the colour scheme of the system in its browser. */
export async function setColorScheme(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((colourScheme) => {
    document.documentElement.dataset.colourScheme = colourScheme;
  }, scheme);
  await waitUntilIdle(page);
}
