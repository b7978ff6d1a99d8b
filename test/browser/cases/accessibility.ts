import axe from 'axe-core';
import type { Page } from '../browsers/browser.js';
import { seeCalm } from './texts.js';

/** @returns what axe finds on this page, one line for each rule and element */
export async function violationsOn(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  await page.run((colorScheme) => {
    // The page's colours follow this property, as they follow the system's.
    document.documentElement.style.colorScheme = colorScheme;
  }, scheme);
  await seeCalm(page);
  return page.run(
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
