import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type CDPSession, type Page } from 'puppeteer-core';
import type { Driver } from './driver.js';
import type { Reasons } from './observation.js';
import { asTold } from './reasons.js';
import { closeOrKill, openTabs, tabDriver } from './tab.js';

const FEATURES = [
  'HttpsUpgrades',
  'HttpsFirstBalancedMode',
  'HttpsFirstBalancedModeAutoEnable',
  'LocalNetworkAccessChecks',
];

/** Chromium as a person starts it, with cookies of other sites or without; the DevTools protocol tells its reasons. */
export async function startChromium(
  proxyPort: number,
  { blockThirdParty, tabs }: { blockThirdParty: boolean; tabs: number },
) {
  const directory = mkdtempSync(join(tmpdir(), 'chromium-'));
  mkdirSync(join(directory, 'Default'));
  const preferences = { profile: { cookie_controls_mode: blockThirdParty ? 1 : 0 } };
  writeFileSync(join(directory, 'Default/Preferences'), JSON.stringify(preferences));
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    acceptInsecureCerts: true,
    args: [
      ...[
        '--no-sandbox',
        '--disable-dev-shm-usage',
        `--user-data-dir=${directory}`,
        `--disable-features=${FEATURES.join(',')}`,
      ],
      `--proxy-server=127.0.0.1:${String(proxyPort)}`,
    ],
  });
  const pages = await openTabs(browser, tabs);
  return {
    version: `Chromium ${/\d+/.exec(await browser.version())?.[0] ?? '?'}`,
    drivers: await Promise.all(pages.map(driverOf)),
    close: async () => {
      await closeOrKill(browser);
      rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

const driverOf = async (page: Page): Promise<Driver> => ({
  ...tabDriver(page),
  reasons: await listen(await page.createCDPSession()),
});

/** Why Chromium blocked a request, or did not store or send a cookie. DevTools protocol, domain Network. */
async function listen(session: CDPSession): Promise<Reasons> {
  const reasons: Reasons = { codes: [], unstored: [], unsent: [] };
  const add = (list: string[], name: string, blockedReasons: readonly string[]) => {
    const line = asTold(`${name}: ${blockedReasons.join(' ')}`);
    if (blockedReasons.length > 0 && line !== '') list.push(line);
  };
  session.on('Network.loadingFailed', ({ corsErrorStatus, blockedReason }) => {
    const code = corsErrorStatus?.corsError ?? blockedReason;
    if (code !== undefined) reasons.codes.push(code);
  });
  session.on('Network.responseReceivedExtraInfo', ({ blockedCookies }) => {
    for (const { cookieLine, blockedReasons } of blockedCookies)
      add(reasons.unstored, cookieLine.split('=', 1)[0] ?? '', blockedReasons);
  });
  session.on('Network.requestWillBeSentExtraInfo', ({ associatedCookies }) => {
    for (const { cookie, blockedReasons } of associatedCookies) add(reasons.unsent, cookie.name, blockedReasons);
  });
  await session.send('Network.enable');
  return reasons;
}
