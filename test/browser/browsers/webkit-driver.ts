import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../support/free-port.js';
import { lastConsoleMessage } from './browser.js';

const libraries = '/usr/lib';

/** WebKitWebDriver from Debian, which starts MiniBrowser on a virtual display (Xvfb). */
export class WebKitDriver {
  private constructor(
    private readonly processes: ChildProcess[],
    readonly url: string,
    /** The path of MiniBrowser. */
    readonly browser: string,
    private readonly environment: Record<string, string>,
  ) {}

  /** @throws Error when a program is not installed */
  static async start(): Promise<WebKitDriver> {
    const browser = process.env.WEBKIT ?? findMiniBrowser();
    const screen = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']);
    const display = await firstLine(screen, screen.stdio[3] as Readable);
    const port = String(await freePort());
    const environment = environmentFor(display);
    const child = start('WebKitWebDriver', [`--port=${port}`], environment);
    const driver = new WebKitDriver([child, screen], `http://127.0.0.1:${port}`, browser, environment);
    await driver.waitUntilReady();
    return driver;
  }

  /** Without WebDriver, because MiniBrowser does not print the console messages of a WebDriver session. */
  async readConsole(args: string[]): Promise<string[]> {
    const home = await mkdtemp(join(tmpdir(), 'webkit-'));
    const options = { env: { PATH: process.env.PATH, HOME: home, ...this.environment } };
    const child = spawn(this.browser, ['--enable-write-console-messages-to-stdout=true', ...args], options);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    while (!output.includes(lastConsoleMessage) && child.exitCode === null) await delay(20);
    child.kill();
    await once(child, 'close');
    await rm(home, { recursive: true, force: true, maxRetries: 10 });
    return consoleMessagesIn(output);
  }

  /** Kills, because a driver that hangs ignores other signals. */
  async stop(): Promise<void> {
    for (const child of this.processes) await killGroup(child);
  }

  private async waitUntilReady(): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      const response = await fetch(`${this.url}/status`).catch(() => undefined);
      if (response?.ok) return;
      await delay(20);
    }
    await this.stop();
    throw new Error('WebKitWebDriver did not start within a minute');
  }
}

function start(command: string, args: string[], environment: Record<string, string> = {}): ChildProcess {
  const stdio = ['ignore', 'ignore', 'ignore', 'pipe'] as const;
  const env = { ...process.env, ...environment };
  const child = spawn(command, args, { stdio: [...stdio], env, detached: true }); // the leader of a process group
  return child.on('error', () => undefined); // `firstLine` reports it: the process has no pid.
}

/** Kills the process and those it has started: a driver leaves its MiniBrowser behind. */
async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await exited;
}

function environmentFor(display: string): Record<string, string> {
  return {
    DISPLAY: `:${display}`,
    GDK_BACKEND: 'x11',
    LIBGL_ALWAYS_SOFTWARE: '1',
    // The sandbox does not work as root.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  };
}

/** Reads lines such as `https://example.com/:1:90: CONSOLE SECURITY ERROR Origin ...`. */
function consoleMessagesIn(output: string): string[] {
  const messages = output
    .split('\n')
    .flatMap((line) => /CONSOLE (?:[A-Z]+ )?(?:LOG|ERROR|WARN|INFO|DEBUG) (.*)/.exec(line)?.[1] ?? []);
  return messages.filter((message) => message !== lastConsoleMessage);
}

/** @throws Error when the program is not installed, or ends before it has written anything */
async function firstLine(child: ChildProcess, output: Readable): Promise<string> {
  if (child.pid === undefined) throw new Error(`${child.spawnfile} is not installed`);
  const closed = once(child, 'close').then(() => {
    throw new Error(`${child.spawnfile} ended at once`);
  });
  const [line] = await Promise.race([once(output, 'data'), closed]);
  return String(line).trim();
}

/** In a directory such as `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1`, which depends on the machine and on the version. */
function findMiniBrowser(): string {
  for (const machine of readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu')))
    for (const version of readdirSync(join(libraries, machine)).filter((name) => name.startsWith('webkit')))
      if (readdirSync(join(libraries, machine, version)).includes('MiniBrowser'))
        return join(libraries, machine, version, 'MiniBrowser');
  throw new Error('MiniBrowser is not installed');
}
