import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '../browsers/browser.js';

const folder = 'test/browser/failures';

/** @returns its path, or why there is none */
export async function keepScreenshot(page: Page, name: string): Promise<string> {
  const path = join(folder, `${name.replace(/[^\w]+/g, '-').slice(0, 120)}.png`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, await page.screenshot());
    return path;
  } catch (error) {
    return `none (${String(error)})`;
  }
}
