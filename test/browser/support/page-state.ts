import type { Page } from '../browsers/browser.js';

/** Waits until the page shows this text. */
export async function waitForText(page: Page, text: string): Promise<void> {
  await waitUntilShown(page, text, true);
}

/** Waits until the page no longer shows this text. */
export async function waitForTextToDisappear(page: Page, text: string): Promise<void> {
  await waitUntilShown(page, text, false);
}

function waitUntilShown(page: Page, text: string, isShown: boolean): Promise<void> {
  return page.evaluate(
    async (expectedText, expected) => {
      const deadline = Date.now() + 60_000;
      while (document.body.innerText.includes(expectedText) !== expected) {
        if (Date.now() > deadline) {
          const problem = expected ? 'does not appear' : 'does not disappear';
          throw new Error(`"${expectedText}" ${problem}:\n${document.body.innerText}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    text,
    isShown,
  );
}

/** Waits until nothing is loading, and ends all animations: a window that is not painted would leave them where they are. */
export async function waitUntilIdle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const isFinite = ({ effect }: Animation) => effect?.getComputedTiming().endTime !== Infinity;
    const endAnimations = () => document.getAnimations().filter(isFinite).forEach((animation) => animation.finish()); // prettier-ignore
    const isBusy = () => document.querySelector('[aria-busy=true]') !== null;
    // Idle twice in a row: loading may start only in the next frame.
    for (let idleFrames = 0; idleFrames < 2; idleFrames = isBusy() ? 0 : idleFrames + 1) {
      await new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
        setTimeout(resolve, 500); // not painted: no frames
      });
      endAnimations();
    }
  });
}

/**
 * Chooses an option of the field with this label, by the value of the option.
 * @param form the accessible name of the form; default: the filters of a list
 */
export async function choose(page: Page, label: string, value: string, form?: string): Promise<void> {
  await page.evaluate(
    (text, option, container) => {
      const selects = [...document.querySelectorAll<HTMLSelectElement>(`${container} select`)];
      const isLabel = ({ textContent }: HTMLLabelElement) => textContent.startsWith(text);
      const select = selects.find(({ labels }) => [...labels].some(isLabel)) as HTMLSelectElement;
      select.value = option;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    },
    label,
    value,
    form === undefined ? 'search' : `form[aria-label="${form}"]`,
  );
}
