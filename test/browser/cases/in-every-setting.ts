import { afterAll, beforeAll, describe } from '@jest/globals';
import { patience } from '../world/port.js';
import type { World } from '../world/world.js';
import { inEveryBrowser, type BrowserName, type Stage } from './in-every-browser.js';

/** Where the page is, and where the API is. */
export interface Setting {
  name: string;
  page: string;
  /** Browsers that drop the cookies there; `docs/browsers.md` says why. */
  dropping: BrowserName[];
  open: () => Promise<World>;
}

/** What a case is given beside the stage. */
interface Place {
  page: string;
  api: string;
  /** Whether this browser drops the cookies here. */
  isDropping: boolean;
}

/** One case in each setting, in every browser. */
export function inEverySetting(
  settings: Setting[],
  sentence: string,
  test: (stage: Stage, place: Place) => Promise<void>,
): void {
  describe.each(settings)('$name', ({ page, dropping, open }) => {
    let world: World;
    beforeAll(async () => {
      world = await open();
    }, patience);
    afterAll(() => world.close());

    inEveryBrowser(
      () => world,
      (it) =>
        it(sentence, (stage) => test(stage, { page, api: world.url, isDropping: dropping.includes(stage.browser) })),
    );
  });
}
