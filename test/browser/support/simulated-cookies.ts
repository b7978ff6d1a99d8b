import type { BrowserName as SimulatedBrowser } from '../../../browser-verdict/src/index.js';
import { simulateLogIn } from '../../../src/origin-rules/simulated-log-in.js';
import type { BrowserName } from './in-every-browser.js';

const simulated: Record<BrowserName, SimulatedBrowser> = {
  Chromium: 'chromium',
  Firefox: 'firefox',
  WebKit: 'webkitgtk',
};

/** Whether this browser drops the cookies that the API sets for this page: as `browser-verdict` has it. */
export const dropsCookies = (apiUrl: string, pageUrl: string, browser: BrowserName): boolean =>
  simulateLogIn(new URL(apiUrl), new URL(pageUrl).origin, simulated[browser]).reason !== undefined;
