import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '../browsers/browser.js';

const folder = 'test/browser/failures';

/** @returns its path, or why there is none */
export async function keepScreenshot(page: Page, name: string): Promise<string> {
  const path = join(folder, `${name.replace(/[^\w]+/g, '-').slice(0, 120)}.png`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, await inTime(page.screenshot(), 5_000));
    return path;
  } catch (error) {
    return `none (${String(error)})`;
  }
}

/** Rejects instead of waiting for longer than this many milliseconds. */
export async function inTime<Result>(promise: Promise<Result>, patience: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${String(patience)} ms`)), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
