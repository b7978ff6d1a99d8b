import { Builder, Capabilities, type WebDriver, type WebElement } from 'selenium-webdriver';
import { missing, type Browser, type LaunchOptions, type Page, type Visitor } from './browser.js';
import { findElement } from './elements.js';
import { WebKitDriver } from './webkit-driver.js';

/** WebKitGTK, the engine of Safari, through WebDriver. */
export async function launchWebKit(options: LaunchOptions): Promise<Browser> {
  try {
    return new WebKit(await WebKitDriver.start(), options);
  } catch (error) {
    throw missing('WebKit', 'webkit2gtk-driver xvfb', error);
  }
}

class WebKit implements Browser {
  version = '';

  constructor(
    private readonly driver: WebKitDriver,
    private readonly options: LaunchOptions,
  ) {}

  /** A session is a MiniBrowser of its own, with nothing of the one before. */
  async visitor(): Promise<Visitor> {
    const args = ['--automation', ...this.network];
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      acceptInsecureCerts: true,
      'webkitgtk:browserOptions': { binary: this.driver.browser, args },
    });
    const session = await new Builder().usingServer(this.driver.url).withCapabilities(capabilities).build();
    const version = (await session.getCapabilities()).getBrowserVersion() ?? '?';
    this.version = `WebKitGTK ${version.split('.', 2).join('.')}`;
    return new WebKitVisitor(session);
  }

  hear(url: string): Promise<string[]> {
    return this.driver.hear([...this.network, '--ignore-tls-errors', url]);
  }

  close(): Promise<void> {
    return this.driver.stop();
  }

  private get network(): string[] {
    const proxy = `http://127.0.0.1:${String(this.options.proxy)}`;
    return [`--proxy=${proxy}`, '--ignore-host=localhost', '--ignore-host=127.0.0.1'];
  }
}

class WebKitVisitor implements Visitor {
  readonly words = [
    '(WebKit keeps its console from WebDriver; docs/browsers.md has its words for the usual mistakes.)',
  ];
  private isFirst = true;

  constructor(private readonly session: WebDriver) {}

  async open(url: string): Promise<Page> {
    if (!this.isFirst) await this.session.switchTo().newWindow('tab');
    this.isFirst = false;
    const page = new WebKitPage(this.session, await this.session.getWindowHandle());
    await page.go(url);
    return page;
  }

  leave(): Promise<void> {
    return this.session.quit();
  }
}

/** What a script of the page came to. */
interface Outcome<Result> {
  value?: Result;
  error?: string;
}

class WebKitPage implements Page {
  constructor(
    private readonly session: WebDriver,
    private readonly handle: string,
  ) {}

  async run<Args extends unknown[], Result>(
    script: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    await this.session.switchTo().window(this.handle);
    const call = `
      const done = arguments[arguments.length - 1];
      (async () => (${String(script)})(...arguments[0]))()
        .then((value) => done({ value }), (error) => done({ error: String(error) }))`;
    const { value, error } = await this.session.executeAsyncScript<Outcome<Result>>(call, args);
    if (error !== undefined) throw new Error(error);
    return value as Result;
  }

  async fill(label: string, text: string, form?: string): Promise<void> {
    const field = await this.find('field', label, form ?? null);
    await field.clear();
    await field.sendKeys(text);
  }

  async press(name: string, form?: string): Promise<void> {
    await (await this.find('button', name, form ?? null)).click();
  }

  async go(url: string): Promise<void> {
    await this.session.switchTo().window(this.handle);
    await this.session.get(url);
  }

  async screenshot(): Promise<Buffer> {
    await this.session.switchTo().window(this.handle);
    return Buffer.from(await this.session.takeScreenshot(), 'base64');
  }

  private find(...named: Parameters<typeof findElement>): Promise<WebElement> {
    return this.run(findElement, ...named) as unknown as Promise<WebElement>;
  }
}
