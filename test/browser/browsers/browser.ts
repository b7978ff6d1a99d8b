/** A real browser, without a window. */
export interface Browser {
  /** With its major version, for example `Firefox 153`. */
  readonly version: string;
  /** Somebody new: no cookies, no cache. */
  visitor(): Promise<Visitor>;
  /** What the console says, in the words of the browser, about a page that says `farewell` last. */
  hear(url: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Somebody with a profile of their own and any number of tabs. */
export interface Visitor {
  /** What the browser has said in its console, about any tab. */
  readonly words: string[];
  /** Opens a tab and waits until the page is there. */
  open(url: string): Promise<Page>;
  /** As after Ctrl+C in the terminal: tabs, cookies and cache are gone. */
  leave(): Promise<void>;
}

/** One tab. */
export interface Page {
  /** Runs in the page. What goes in and comes out has to be JSON; a promise is waited for. */
  run<Args extends unknown[], Result>(
    script: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Types into the field that has this label, instead of what it holds. @param form its name, when there are several */
  fill(label: string, text: string, form?: string): Promise<void>;
  /** Clicks the button, link, tab or checkbox of this name. */
  press(name: string, form?: string): Promise<void>;
  /** As if it had been typed into the address bar. */
  go(url: string): Promise<void>;
  /** @returns a PNG */
  screenshot(): Promise<Buffer>;
}

/** How a browser is told where the names of the test lead. */
export interface LaunchOptions {
  /** The port of a proxy on loopback; `localhost` is reached without it. */
  proxy: number;
}

/** The last a page says in its console, once all else is over. */
export const farewell = 'That is all.';

/** What to say when a browser is not there. */
export function missing(name: string, packages: string, cause: unknown): Error {
  const message = `${name} does not start. Install it with: apt-get install -y ${packages}`;
  return new Error(`${message}\n${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}
