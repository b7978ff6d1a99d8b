import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Browser, BrowserContext, LaunchOptions, Page } from '../browsers/browser.js';
import { launchChromium, launchFirefox } from '../browsers/chromium-and-firefox.js';
import { launchWebKit } from '../browsers/webkit.js';
import { withTimeout } from '../browsers/with-timeout.js';
import { saveScreenshot } from './failures.js';

const launchers = { Chromium: launchChromium, Firefox: launchFirefox, WebKit: launchWebKit };

export type BrowserName = keyof typeof launchers;

/** The argument of every test: a new browser context in one of the browsers. */
export interface TestContext extends Pick<BrowserContext, 'open' | 'consoleMessages'>, Pick<Browser, 'readConsole'> {
  browser: BrowserName;
  version: string;
}

/** The timeout of Jest leaves time for two runs, and for screenshots. */
const timeoutMs = 150_000;
/** For starting or closing a context, which takes about a second. */
const contextTimeoutMs = 45_000;

type Test = (context: TestContext) => Promise<void>;

/**
 * Runs the same tests in Chromium, Firefox and WebKit. Each browser is started once. Each test gets a new context.
 * @param launchOptions read after `beforeAll`, when the port of the proxy is known
 */
export function inEveryBrowser(
  launchOptions: () => LaunchOptions,
  defineTests: (it: (title: string, test: Test) => void) => void,
): void {
  describe.each(Object.keys(launchers) as BrowserName[])('in %s', (name) => {
    let browser: Browser | undefined;
    const launch = async () => (browser = await launchers[name](launchOptions()));
    beforeAll(launch);
    afterAll(() => browser?.close());
    defineTests((title, test) =>
      it(title, async () => {
        if (browser === undefined) throw new Error(`${name} did not start`);
        try {
          await run(name, browser, title, test);
        } catch (error) {
          if (!isFailureOfBrowser(error) && !isTriedTwice(name)) throw error;
          console.warn(
            `${name} failed, and is started again for "${title}": ${String(error)}\n${(error as Error).stack ?? ''}`,
          );
          await browser.close();
          await run(name, await launch(), title, test);
        }
      }),
    );
  });
}

/** Whether the browser did not answer, or has ended. Other errors are about what the test expects of the page. */
function isFailureOfBrowser(error: unknown): boolean {
  const { cause = error } = error as Error; // see `withDetails`
  const { name, message } = cause as Error;
  return failuresOfBrowsers.has(name) || /ECONNREFUSED|ECONNRESET|socket hang up/.test(message);
}

/**
 * In the pipeline, where the machine may be slow, WebKitGTK loses an event now and then. By hand, each failure counts: one of
 * them was a fault of the API.
 */
const isTriedTwice = (name: BrowserName) => name === 'WebKit' && process.env.CI !== undefined;

/** Names of our own errors, and of those of Puppeteer and Selenium. */
const failuresOfBrowsers = new Set([
  'BrowserTimeoutError',
  'ConnectionClosedError',
  'NoSuchSessionError',
  'ProtocolError',
  'ScriptTimeoutError',
  'SessionNotCreatedError',
  'TargetCloseError',
  'TimeoutError',
]);

async function run(name: BrowserName, browser: Browser, title: string, test: Test): Promise<void> {
  const context = await withTimeout(browser.newContext(), contextTimeoutMs);
  const { consoleMessages } = context;
  const pages: Page[] = [];
  const open = async (url: string) => {
    const page = await context.open(url);
    pages.push(page);
    return page;
  };
  try {
    const readConsole = (url: string) => browser.readConsole(url);
    const testContext = { open, consoleMessages, readConsole, browser: name, version: browser.version };
    await withTimeout(test(testContext), timeoutMs);
  } catch (error) {
    const screenshots: string[] = [];
    for (const page of pages)
      screenshots.push(await saveScreenshot(page, `${name} ${title} ${String(pages.indexOf(page) + 1)}`));
    throw withDetails(error, consoleMessages, screenshots);
  } finally {
    await withTimeout(context.close(), contextTimeoutMs);
  }
}

/** Adds the console messages, which explain most failures, and the paths of the screenshots. */
function withDetails(error: unknown, consoleMessages: string[], screenshots: string[]): Error {
  // Not `instanceof Error`: the browser libraries create their errors outside the sandbox of Jest.
  const { message, stack } = error as Error;
  const console =
    consoleMessages.length === 0 ? 'The console is empty.' : `The console:\n  ${consoleMessages.join('\n  ')}`;
  const detailed = new Error(`${message}\n\n${console}\nScreenshots: ${screenshots.join(', ')}`, { cause: error });
  detailed.stack = stack?.replace(message, () => detailed.message);
  return detailed;
}
