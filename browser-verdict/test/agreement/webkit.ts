import type { BrowserContext } from '../../../test/browser/browsers/browser.js';
import { launchWebKit } from '../../../test/browser/browsers/webkit.js';
import { withTimeout } from '../../../test/browser/browsers/with-timeout.js';
import type { Driver } from './driver.js';

/** Making a session takes about a second. Now and then WebKitWebDriver never answers. */
const timeoutMs = 30_000;

/** WebKitGTK, the engine of Safari, on a virtual display. */
export async function startWebKit(proxyPort: number) {
  const browser = await launchWebKit({ proxyPort });
  const open = async (context: BrowserContext) => ({ context, page: await context.open('about:blank') });
  try {
    const { context, page } = await withTimeout(browser.newContext().then(open), timeoutMs);
    const driver: Driver = {
      goto: (url) => page.goto(url),
      evaluate: (script, ...args) => page.evaluate(script, ...args) as never,
    };
    const close = async () => {
      await withTimeout(context.close(), timeoutMs).catch(() => undefined); // `browser.close` kills it.
      await browser.close();
    };
    return { version: browser.version, drivers: [driver], close };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
