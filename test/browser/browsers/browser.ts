/** A headless browser. */
export interface Browser {
  /** With its major version, for example `Firefox 153`. */
  readonly version: string;
  /** A new context: without cookies and without a cache. */
  newContext(): Promise<BrowserContext>;
  /**
   * Opens a page in a context of its own, and closes it after the page has logged `lastConsoleMessage`.
   * @returns the console messages of the page and of the browser, without the last one
   */
  readConsole(url: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Like the browser of one user: its tabs share the cookies and the cache. */
export interface BrowserContext {
  /** The console messages of all its tabs so far. */
  readonly consoleMessages: string[];
  /** Opens a tab and waits until the page is loaded. */
  open(url: string): Promise<Page>;
  /** Closes the tabs and deletes the cookies and the cache. */
  close(): Promise<void>;
}

/** One tab. */
export interface Page {
  /** Runs a function in the page. Arguments and result must be JSON. A promise is awaited. */
  evaluate<Args extends unknown[], Result>(
    script: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Replaces the text of the field with this label. @param form the accessible name of the form; default: any form */
  fill(label: string, text: string, form?: string): Promise<void>;
  /** Clicks the button, link, tab or checkbox with this name. */
  click(name: string, form?: string): Promise<void>;
  /** Navigates as the address bar does. */
  goto(url: string): Promise<void>;
  /** @returns a PNG */
  screenshot(): Promise<Buffer>;
}

export interface LaunchOptions {
  /** The port of a proxy on 127.0.0.1, for all host names except `localhost`. */
  proxyPort: number;
}

/** A page of `readConsole` logs this when it has finished. */
export const lastConsoleMessage = 'The page has finished.';

export function notInstalled(name: string, packages: string, cause: unknown): Error {
  const message = `${name} does not start. Install it with: apt-get install -y ${packages}`;
  return new Error(`${message}\n${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}
