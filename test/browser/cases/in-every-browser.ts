import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Browser, Page, Visitor } from '../browsers/browser.js';
import { launchChromium, launchFirefox } from '../browsers/chromium-and-firefox.js';
import { launchWebKit } from '../browsers/webkit.js';
import { keepScreenshot } from './failures.js';

const launchers = { Chromium: launchChromium, Firefox: launchFirefox, WebKit: launchWebKit };

export type BrowserName = keyof typeof launchers;

/** A case, told in a sentence. `open` opens a tab of somebody who has never been here. */
export type Case = (name: string, test: (stage: Stage) => Promise<void>) => void;

export interface Stage extends Pick<Visitor, 'open' | 'words'> {
  browser: BrowserName;
  version: string;
}

/**
 * The same cases in Chromium, Firefox and WebKit: a browser is started once, and each case gets a new profile.
 * @param proxy the port of the proxy to use, known when the tests run
 */
export function inEveryBrowser(proxy: () => number, cases: (it: Case) => void): void {
  describe.each(Object.keys(launchers) as BrowserName[])('in %s', (name) => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await launchers[name]({ proxy: proxy() });
    });
    afterAll(() => browser?.close());
    cases((sentence, test) => {
      it(sentence, async () => {
        if (browser === undefined) throw new Error(`${name} did not start`);
        await perform(name, browser, test, sentence);
      });
    });
  });
}

 
async function perform(name: BrowserName, browser: Browser, test: (stage: Stage) => Promise<void>, sentence: string) {
  const visitor = await browser.visitor();
  const pages: Page[] = [];
  const open = async (url: string) => {
    const page = await visitor.open(url);
    pages.push(page);
    return page;
  };
  try {
    await test({ open, words: visitor.words, browser: name, version: browser.version });
  } catch (error) {
    const screenshots = await Promise.all(
      pages.map((page, index) => keepScreenshot(page, `${name} ${sentence} ${String(index + 1)}`)),
    );
    throw explain(error, visitor.words, screenshots);
  } finally {
    await visitor.leave();
  }
}

/** The browser's own words come first: most of the time they are the answer. */
function explain(error: unknown, words: string[], screenshots: string[]): unknown {
  if (!(error instanceof Error)) return error;
  const said = words.length === 0 ? 'The browser said nothing.' : `The browser said:\n  ${words.join('\n  ')}`;
  error.message += `\n\n${said}\nScreenshots: ${screenshots.join(', ')}`;
  return error;
}
