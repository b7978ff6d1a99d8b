import { startChromium } from './chromium.js';
import type { Driver, RealBrowser } from './driver.js';
import { startFirefox } from './firefox.js';
import { startWebKit } from './webkit.js';

export type RealName = 'chromium' | 'firefox' | 'webkit';

const tabs = 6;

function at(drivers: readonly Driver[], tab: number): Driver {
  const driver = drivers[tab];
  if (!driver) throw new RangeError(`There is no tab ${String(tab)}`);
  return driver;
}

/** Starts a real browser, and once more when it does not answer. @throws Error when it is not installed */
export const startBrowser = (name: RealName, proxyPort: number): Promise<RealBrowser> =>
  start(name, proxyPort).catch((error: unknown) => {
    console.warn(`${name} did not start, and is started again: ${String(error)}`);
    return start(name, proxyPort);
  });

/** Chromium is started twice: with third-party cookies and without. */
async function start(name: RealName, proxyPort: number): Promise<RealBrowser> {
  if (name === 'chromium') return startBothChromiums(proxyPort);
  const { version, drivers, close } = await (name === 'firefox'
    ? startFirefox(proxyPort, { tabs })
    : startWebKit(proxyPort));
  return {
    name: name === 'firefox' ? 'firefox' : 'webkitgtk',
    ...{ version, close, tabs: drivers.length },
    driverFor: (_, tab) => at(drivers, tab),
  };
}

async function startBothChromiums(proxyPort: number): Promise<RealBrowser> {
  const open = await startChromium(proxyPort, { blockThirdParty: false, tabs });
  const strict = await startChromium(proxyPort, { blockThirdParty: true, tabs });
  return {
    ...{ name: 'chromium', version: open.version, tabs },
    driverFor: ({ blockThirdParty }, tab) => at((blockThirdParty ? strict : open).drivers, tab),
    close: async () => {
      await open.close();
      await strict.close();
    },
  };
}
