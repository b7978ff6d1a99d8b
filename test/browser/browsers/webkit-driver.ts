import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../support/free-port.js';
import { farewell } from './browser.js';

const libraries = '/usr/lib';

/** Debian's WebKitWebDriver, which starts MiniBrowser, on a screen that nobody sees. */
export class WebKitDriver {
  private constructor(
    private readonly processes: ChildProcess[],
    readonly url: string,
    /** The path of MiniBrowser. */
    readonly browser: string,
    private readonly environment: Record<string, string>,
  ) {}

  /** @throws Error when something is not installed */
  static async start(): Promise<WebKitDriver> {
    const browser = process.env.WEBKIT ?? findMiniBrowser();
    const screen = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']);
    const display = await firstLine(screen, screen.stdio[3] as Readable);
    const port = String(await freePort());
    const environment = environmentFor(display);
    const driver = start('WebKitWebDriver', [`--port=${port}`], environment);
    const started = new WebKitDriver([driver, screen], `http://127.0.0.1:${port}`, browser, environment);
    await started.isReady();
    return started;
  }

  /** Without WebDriver: the profile of a session is a private one, about which MiniBrowser keeps silent. */
  async hear(args: string[]): Promise<string[]> {
    const home = await mkdtemp(join(tmpdir(), 'webkit-'));
    const options = { env: { PATH: process.env.PATH, HOME: home, ...this.environment } };
    const child = spawn(this.browser, ['--enable-write-console-messages-to-stdout=true', ...args], options);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
    while (!said.includes(farewell) && child.exitCode === null) await delay(20);
    child.kill();
    await once(child, 'close');
    await rm(home, { recursive: true, force: true, maxRetries: 10 });
    return wordsIn(said);
  }

  async stop(): Promise<void> {
    for (const child of this.processes) if (child.exitCode === null && child.kill()) await once(child, 'close');
  }

  private async isReady(): Promise<void> {
    const end = Date.now() + 10_000;
    while (Date.now() < end) {
      const answer = await fetch(`${this.url}/status`).catch(() => undefined);
      if (answer?.ok) return;
      await delay(20);
    }
    await this.stop();
    throw new Error('WebKitWebDriver did not start within ten seconds');
  }
}

function start(command: string, args: string[], environment: Record<string, string> = {}): ChildProcess {
  const stdio = ['ignore', 'ignore', 'ignore', 'pipe'] as const;
  const child = spawn(command, args, { stdio: [...stdio], env: { ...process.env, ...environment } });
  return child.on('error', () => undefined); // no pid
}

function environmentFor(display: string): Record<string, string> {
  return {
    DISPLAY: `:${display}`,
    GDK_BACKEND: 'x11',
    LIBGL_ALWAYS_SOFTWARE: '1',
    // Root has no sandbox either.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  };
}

/** Lines such as `https://example.com/:1:90: CONSOLE SECURITY ERROR Origin ...`. */
function wordsIn(output: string): string[] {
  const words = output
    .split('\n')
    .flatMap((line) => /CONSOLE (?:[A-Z]+ )?(?:LOG|ERROR|WARN|INFO|DEBUG) (.*)/.exec(line)?.[1] ?? []);
  return words.filter((each) => each !== farewell);
}

/** @throws Error when the program ends, or is not there, before it has said anything */
async function firstLine(child: ChildProcess, output: Readable): Promise<string> {
  if (child.pid === undefined) throw new Error(`${child.spawnfile} is not installed`);
  const ended = once(child, 'close').then(() => {
    throw new Error(`${child.spawnfile} ended at once`);
  });
  const [line] = await Promise.race([once(output, 'data'), ended]);
  return String(line).trim();
}

/** Below `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1`, or what the machine and the version make of it. */
function findMiniBrowser(): string {
  for (const machine of readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu')))
    for (const version of readdirSync(join(libraries, machine)).filter((name) => name.startsWith('webkit')))
      if (readdirSync(join(libraries, machine, version)).includes('MiniBrowser'))
        return join(libraries, machine, version, 'MiniBrowser');
  throw new Error('MiniBrowser is not installed');
}
