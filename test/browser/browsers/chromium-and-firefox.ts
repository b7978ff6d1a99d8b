import { setTimeout as delay } from 'node:timers/promises';
import puppeteer, {
  type Browser as PuppeteerBrowser,
  type BrowserContext as PuppeteerContext,
  type ElementHandle,
  type LaunchOptions as PuppeteerOptions,
  type Page as PuppeteerPage,
} from 'puppeteer-core';
import {
  lastConsoleMessage,
  notInstalled,
  type Browser,
  type BrowserContext,
  type LaunchOptions,
  type Page,
} from './browser.js';
import { ChromiumProfile } from './chromium-profile.js';
import { findElement } from './find-element.js';
import { withTimeout } from './with-timeout.js';

/** Puppeteer controls Chromium with the DevTools protocol, and Firefox with WebDriver BiDi. */
export async function launchChromium({ proxyPort }: LaunchOptions): Promise<Browser> {
  const profile = new ChromiumProfile();
  const browser = await launch('Chromium', 'chromium', {
    browser: 'chrome',
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // The sandbox does not work as root, and /dev/shm is small in containers.
    args: ['--no-sandbox', '--disable-dev-shm-usage', `--proxy-server=127.0.0.1:${String(proxyPort)}`, ...profile.args],
  });
  return new ChromiumOrFirefox(browser, 'Chromium', () => profile.remove());
}

export async function launchFirefox({ proxyPort }: LaunchOptions): Promise<Browser> {
  const browser = await launch('Firefox', 'firefox-esr', {
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': proxyPort,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxyPort,
    },
  });
  return new ChromiumOrFirefox(browser, 'Firefox');
}

async function launch(name: string, packages: string, options: PuppeteerOptions): Promise<PuppeteerBrowser> {
  try {
    return await puppeteer.launch({ headless: true, acceptInsecureCerts: true, ...options });
  } catch (error) {
    throw notInstalled(name, packages, error);
  }
}

class ChromiumOrFirefox implements Browser {
  version = '';

  constructor(
    private readonly browser: PuppeteerBrowser,
    private readonly name: string,
    private readonly cleanUp = () => Promise.resolve(),
  ) {}

  async newContext(): Promise<BrowserContext> {
    this.version = `${this.name} ${/\d+/.exec(await this.browser.version())?.[0] ?? '?'}`;
    return new ChromiumOrFirefoxContext(await this.browser.createBrowserContext());
  }

  async readConsole(url: string): Promise<string[]> {
    const context = await this.newContext();
    try {
      await context.open(url);
      while (!context.consoleMessages.includes(lastConsoleMessage)) await delay(20);
      return context.consoleMessages.filter((message) => message !== lastConsoleMessage);
    } finally {
      await context.close();
    }
  }

  async close(): Promise<void> {
    await withTimeout(this.browser.close(), 30_000).catch(() => this.browser.process()?.kill('SIGKILL'));
    await this.cleanUp();
  }
}

class ChromiumOrFirefoxContext implements BrowserContext {
  readonly consoleMessages: string[] = [];

  constructor(private readonly context: PuppeteerContext) {}

  async open(url: string): Promise<Page> {
    const tab = await this.context.newPage();
    await tab.setViewport({ width: 1280, height: 900 });
    tab.setDefaultTimeout(120_000); // the default is 30 s
    tab.on('console', (message) => this.consoleMessages.push(message.text()));
    // Firefox reports CORS errors here.
    tab.on('pageerror', (error) => this.consoleMessages.push(error instanceof Error ? error.message : String(error)));
    const page = new ChromiumOrFirefoxPage(tab);
    await page.goto(url);
    return page;
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

class ChromiumOrFirefoxPage implements Page {
  constructor(private readonly tab: PuppeteerPage) {}

  evaluate<Args extends unknown[], Result>(
    script: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    return this.tab.evaluate(script as (...args: unknown[]) => Result, ...args);
  }

  async fill(label: string, text: string, form?: string): Promise<void> {
    await this.tab.bringToFront();
    await (await this.find('field', label, form ?? null)).asLocator().fill(text);
  }

  async click(name: string, form?: string): Promise<void> {
    await this.tab.bringToFront();
    await (await this.find('button', name, form ?? null)).click();
  }

  async goto(url: string): Promise<void> {
    await this.tab.goto(url);
  }

  async screenshot(): Promise<Buffer> {
    await this.tab.bringToFront();
    return Buffer.from(await this.tab.screenshot());
  }

  private async find(...args: Parameters<typeof findElement>): Promise<ElementHandle> {
    return (await this.tab.evaluateHandle(findElement as (...args: unknown[]) => unknown, ...args)) as ElementHandle;
  }
}
