import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Browser, Page, Visitor } from '../browsers/browser.js';
import { launchChromium, launchFirefox } from '../browsers/chromium-and-firefox.js';
import { launchWebKit } from '../browsers/webkit.js';
import { inTime, keepScreenshot } from './failures.js';

const launchers = { Chromium: launchChromium, Firefox: launchFirefox, WebKit: launchWebKit };

export type BrowserName = keyof typeof launchers;

/** What a case is given: somebody who has never been here, in this browser. */
export interface Stage extends Pick<Visitor, 'open' | 'words'>, Pick<Browser, 'hear'> {
  browser: BrowserName;
  version: string;
}

/** In milliseconds; less than Jest's own, which would leave no time to look. */
const patience = 20_000;

type Test = (stage: Stage) => Promise<void>;

/**
 * The same cases in Chromium, Firefox and WebKit: a browser is started once, and each case gets a new profile.
 * @param world tells, when the tests run, the port of the proxy to use
 */
export function inEveryBrowser(
  world: () => { proxy: number },
  cases: (it: (sentence: string, test: Test) => void) => void,
): void {
  describe.each(Object.keys(launchers) as BrowserName[])('in %s', (name) => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await launchers[name](world());
    });
    afterAll(() => browser?.close());
    cases((sentence, test) =>
      it(sentence, async () => {
        if (browser === undefined) throw new Error(`${name} did not start`);
        await perform(name, browser, sentence, test);
      }),
    );
  });
}

async function perform(name: BrowserName, browser: Browser, sentence: string, test: Test): Promise<void> {
  const visitor = await browser.visitor();
  const { words } = visitor;
  const pages: Page[] = [];
  const open = async (url: string) => {
    const page = await visitor.open(url);
    pages.push(page);
    return page;
  };
  try {
    const hear = (url: string) => browser.hear(url);
    await inTime(test({ open, words, hear, browser: name, version: browser.version }), patience);
  } catch (error) {
    const screenshots: string[] = [];
    for (const page of pages)
      screenshots.push(await keepScreenshot(page, `${name} ${sentence} ${String(pages.indexOf(page) + 1)}`));
    throw explain(error, words, screenshots);
  } finally {
    await visitor.leave();
  }
}

/** Most of the time the browser's own words are the answer. */
function explain(error: unknown, words: string[], screenshots: string[]): Error {
  // Those of the browsers' libraries come from outside of Jest's sandbox, and are no `Error` in here.
  const { message, stack } = error as Error;
  const said = words.length === 0 ? 'The browser said nothing.' : `The browser said:\n  ${words.join('\n  ')}`;
  const explained = new Error(`${message}\n\n${said}\nScreenshots: ${screenshots.join(', ')}`, { cause: error });
  explained.stack = stack?.replace(message, () => explained.message);
  return explained;
}
