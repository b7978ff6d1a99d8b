import puppeteer from 'puppeteer-core';
import { closeOrKill, openTabs, tabDriver } from './tab.js';

/** Firefox as a person starts it. */
export async function startFirefox(proxyPort: number, { tabs }: { tabs: number }) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': proxyPort,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxyPort,
      'dom.security.https_first': false,
      'dom.security.https_first_schemeless': false,
      // The question about a form over http would wait for an answer.
      'security.warn_submit_secure_to_insecure': false,
    },
  });
  const pages = await openTabs(browser, tabs);
  const version = `Firefox ${/\d+/.exec(await browser.version())?.[0] ?? '?'}`;
  return { version, drivers: pages.map(tabDriver), close: () => closeOrKill(browser) };
}
