import type { Page } from '../browsers/browser.js';

/** Waits until the page shows this text. */
export async function see(page: Page, text: string): Promise<void> {
  await waitForText(page, text, true);
}

/** Waits until the page does not show this text any more. */
export async function seeNoMore(page: Page, text: string): Promise<void> {
  await waitForText(page, text, false);
}

function waitForText(page: Page, text: string, isThere: boolean): Promise<void> {
  return page.run(
    async (expected, shown) => {
      const deadline = Date.now() + 10_000;
      while (document.body.innerText.includes(expected) !== shown) {
        if (Date.now() > deadline)
          throw new Error(`"${expected}" ${shown ? 'does not appear' : 'stays'}:\n${document.body.innerText}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    text,
    isThere,
  );
}

/** Waits until nothing loads, fades or moves. */
export async function seeCalm(page: Page): Promise<void> {
  await page.run(async () => {
    const moving = () => document.getAnimations().filter(({ playState }) => playState === 'running');
    const isBusy = () => document.querySelector('[aria-busy=true]') !== null || moving().length > 0;
    // Twice in a row, as what has been asked for may only start to load with the next frame.
    for (let calm = 0; calm < 2; calm = isBusy() ? 0 : calm + 1)
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  });
}
