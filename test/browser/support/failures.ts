import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '../browsers/browser.js';
import { withTimeout } from '../browsers/with-timeout.js';

const folder = 'test/browser/failures';

/** @returns the path of the file, or why there is none */
export async function saveScreenshot(page: Page, name: string): Promise<string> {
  const path = join(folder, `${name.replace(/[^\w]+/g, '-').slice(0, 120)}.png`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, await withTimeout(page.screenshot(), 5_000));
    return path;
  } catch (error) {
    return `none (${String(error)})`;
  }
}
