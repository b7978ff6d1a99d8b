import { setTimeout as delay } from 'node:timers/promises';
import { Builder, Capabilities, type WebDriver, type WebElement } from 'selenium-webdriver';
import { notInstalled, type Browser, type BrowserContext, type LaunchOptions, type Page } from './browser.js';
import { findElement } from './find-element.js';
import { WebKitDriver } from './webkit-driver.js';

/** WebKitGTK, which has the engine of Safari, controlled by WebDriver. */
export async function launchWebKit(options: LaunchOptions): Promise<Browser> {
  try {
    return new WebKit(await WebKitDriver.start(), options);
  } catch (error) {
    throw notInstalled('WebKit', 'webkit2gtk-driver xvfb', error);
  }
}

class WebKit implements Browser {
  version = '';

  constructor(
    private readonly driver: WebKitDriver,
    private readonly options: LaunchOptions,
  ) {}

  /** Every WebDriver session starts a MiniBrowser with an empty profile. */
  async newContext(): Promise<BrowserContext> {
    const args = ['--automation', ...this.proxyArgs];
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      acceptInsecureCerts: true,
      'webkitgtk:browserOptions': { binary: this.driver.browser, args },
    });
    const session = await new Builder().usingServer(this.driver.url).withCapabilities(capabilities).build();
    await session.manage().setTimeouts({ script: 120_000, pageLoad: 120_000 }); // the default is 30 s for a script
    const version = (await session.getCapabilities()).getBrowserVersion() ?? '?';
    this.version = `WebKitGTK ${version.split('.', 2).join('.')}`;
    return new WebKitContext(session);
  }

  readConsole(url: string): Promise<string[]> {
    return this.driver.readConsole([...this.proxyArgs, '--ignore-tls-errors', url]);
  }

  close(): Promise<void> {
    return this.driver.stop();
  }

  private get proxyArgs(): string[] {
    const proxy = `http://127.0.0.1:${String(this.options.proxyPort)}`;
    return [`--proxy=${proxy}`, '--ignore-host=localhost', '--ignore-host=127.0.0.1'];
  }
}

class WebKitContext implements BrowserContext {
  readonly consoleMessages = [
    '(WebDriver cannot read the console of WebKit. docs/browsers.md lists its messages for common mistakes.)',
  ];
  private isFirst = true;

  constructor(private readonly session: WebDriver) {}

  async open(url: string): Promise<Page> {
    if (!this.isFirst) await this.session.switchTo().newWindow('tab');
    this.isFirst = false;
    const page = new WebKitPage(this.session, await this.session.getWindowHandle());
    await page.goto(url);
    return page;
  }

  close(): Promise<void> {
    return this.session.quit();
  }
}

const isOfMovingElement = (error: unknown) =>
  /^(?:ElementNotInteractable|ElementClickIntercepted|StaleElementReference)Error$/.test((error as Error).name);

/** What a script in the page returned or threw. */
interface Outcome<Result> {
  value?: Result;
  error?: string;
}

class WebKitPage implements Page {
  constructor(
    private readonly session: WebDriver,
    private readonly handle: string,
  ) {}

  async evaluate<Args extends unknown[], Result>(
    script: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    await this.session.switchTo().window(this.handle);
    const source = `
      const done = arguments[arguments.length - 1];
      (async () => (${String(script)})(...arguments[0]))()
        .then((value) => done({ value }), (error) => done({ error: String(error) }))`;
    const { value, error } = await this.session.executeAsyncScript<Outcome<Result>>(source, args);
    if (error !== undefined) throw new Error(error);
    return value as Result;
  }

  async fill(label: string, text: string, form?: string): Promise<void> {
    await this.act(async () => {
      const field = await this.find('field', label, form ?? null);
      await field.clear();
      await field.sendKeys(text);
    });
  }

  async click(name: string, form?: string): Promise<void> {
    await this.act(async () => (await this.find('button', name, form ?? null)).click());
  }

  async goto(url: string): Promise<void> {
    await this.session.switchTo().window(this.handle);
    await this.session.get(url);
  }

  async screenshot(): Promise<Buffer> {
    await this.session.switchTo().window(this.handle);
    return Buffer.from(await this.session.takeScreenshot(), 'base64');
  }

  /** Again while the page moves or replaces the element that was just found, as the locators of Puppeteer do. */
  private async act(action: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      try {
        await action();
        return;
      } catch (error) {
        if (!isOfMovingElement(error) || Date.now() > deadline) throw error;
        await delay(50);
      }
    }
  }

  private find(...args: Parameters<typeof findElement>): Promise<WebElement> {
    return this.evaluate(findElement, ...args) as unknown as Promise<WebElement>;
  }
}
