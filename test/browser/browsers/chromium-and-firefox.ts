import { setTimeout as delay } from 'node:timers/promises';
import puppeteer, {
  type Browser as Puppet,
  type BrowserContext,
  type ElementHandle,
  type LaunchOptions as PuppetOptions,
  type Page as Tab,
} from 'puppeteer-core';
import { farewell, missing, type Browser, type LaunchOptions, type Page, type Visitor } from './browser.js';
import { ChromiumProfile } from './chromium-profile.js';
import { findElement } from './elements.js';

/** Chromium speaks the DevTools protocol, Firefox WebDriver BiDi. */
export async function launchChromium({ proxy }: LaunchOptions): Promise<Browser> {
  const profile = new ChromiumProfile();
  const browser = await launch('Chromium', 'chromium', {
    browser: 'chrome',
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // Root has no sandbox, and /dev/shm is small in containers.
    args: ['--no-sandbox', '--disable-dev-shm-usage', `--proxy-server=127.0.0.1:${String(proxy)}`, ...profile.args],
  });
  return new PuppetBrowser(browser, 'Chromium', () => profile.remove());
}

export async function launchFirefox({ proxy }: LaunchOptions): Promise<Browser> {
  const [host, port] = ['127.0.0.1', proxy];
  const browser = await launch('Firefox', 'firefox-esr', {
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.http': host,
      'network.proxy.http_port': port,
      'network.proxy.ssl': host,
      'network.proxy.ssl_port': port,
    },
  });
  return new PuppetBrowser(browser, 'Firefox');
}

async function launch(name: string, packages: string, options: PuppetOptions): Promise<Puppet> {
  try {
    return await puppeteer.launch({ headless: true, acceptInsecureCerts: true, ...options });
  } catch (error) {
    throw missing(name, packages, error);
  }
}

class PuppetBrowser implements Browser {
  version = '';

  constructor(
    private readonly browser: Puppet,
    private readonly name: string,
    private readonly cleanUp = () => Promise.resolve(),
  ) {}

  async visitor(): Promise<Visitor> {
    this.version = `${this.name} ${/\d+/.exec(await this.browser.version())?.[0] ?? '?'}`;
    return new PuppetVisitor(await this.browser.createBrowserContext());
  }

  async hear(url: string): Promise<string[]> {
    const visitor = await this.visitor();
    try {
      await visitor.open(url);
      while (!visitor.words.includes(farewell)) await delay(20);
      return visitor.words.filter((words) => words !== farewell);
    } finally {
      await visitor.leave();
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.cleanUp();
  }
}

class PuppetVisitor implements Visitor {
  readonly words: string[] = [];

  constructor(private readonly context: BrowserContext) {}

  async open(url: string): Promise<Page> {
    const tab = await this.context.newPage();
    await tab.setViewport({ width: 1280, height: 900 });
    tab.on('console', (message) => this.words.push(message.text()));
    // Firefox reports here what it says about CORS.
    tab.on('pageerror', (error) => this.words.push(error instanceof Error ? error.message : String(error)));
    const page = new PuppetPage(tab);
    await page.go(url);
    return page;
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}

class PuppetPage implements Page {
  constructor(private readonly tab: Tab) {}

  run<Args extends unknown[], Result>(
    script: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    return this.tab.evaluate(script as (...args: unknown[]) => Result, ...args);
  }

  async fill(label: string, text: string, form?: string): Promise<void> {
    await this.tab.bringToFront();
    await (await this.find('field', label, form ?? null)).asLocator().fill(text);
  }

  async press(name: string, form?: string): Promise<void> {
    await this.tab.bringToFront();
    await (await this.find('button', name, form ?? null)).click();
  }

  async go(url: string): Promise<void> {
    await this.tab.goto(url);
  }

  async screenshot(): Promise<Buffer> {
    await this.tab.bringToFront();
    return Buffer.from(await this.tab.screenshot());
  }

  private async find(...named: Parameters<typeof findElement>): Promise<ElementHandle> {
    return (await this.tab.evaluateHandle(findElement as (...named: unknown[]) => unknown, ...named)) as ElementHandle;
  }
}
