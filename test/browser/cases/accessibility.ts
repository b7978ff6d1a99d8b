import axe from 'axe-core';
import type { Page } from '../browsers/browser.js';
import { seeCalm } from './texts.js';

/** @returns what axe finds on this page, one line for each rule and element */
export async function violationsOn(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  await paint(page, scheme);
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

/** As if the system preferred this scheme, which not every driver can tell its browser. */
export async function paint(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.run((wanted) => {
    document.documentElement.style.colorScheme = wanted;
    // What a bundler makes of `light-dark()`.
    for (const rule of [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]))
      if (rule instanceof CSSMediaRule && /prefers-color-scheme: *dark|^(not )?all$/.test(rule.media.mediaText))
        rule.media.mediaText = wanted === 'dark' ? 'all' : 'not all';
  }, scheme);
  await seeCalm(page);
}
