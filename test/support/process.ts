import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';

type Environment = Record<string, string | undefined>;

/** Another process of this software, as `npm run build` made it: what it is given, what it prints, how it ends. */
export class Process {
  output = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<number | NodeJS.Signals>;

  /**
   * @param script below `dist/`
   * @param environment all it gets beside the `PATH`
   */
  constructor(script: string, environment: Environment = {}, options: { args?: string[]; cwd?: string } = {}) {
    const { args = [], cwd } = options;
    const env = { PATH: process.env.PATH, ...environment };
    this.child = spawn(process.execPath, [resolve('dist', script), ...args], { env, cwd });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    this.exited = once(this.child, 'close').then(([code, signal]) => code ?? signal);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @returns the exit code, or the signal that killed it */
  async end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    if (signal !== undefined) this.child.kill(signal);
    return this.exited;
  }

  /** Waits until the condition holds. @throws Error with all it printed when it ends before, or takes too long */
  async until(holds: () => boolean | Promise<boolean>, patience = 45_000): Promise<void> {
    const end = Date.now() + patience;
    while (!(await holds())) {
      if (!this.isRunning || Date.now() > end) throw new Error(`It did not come to that:\n${this.output}`);
      await delay(20);
    }
  }

  async prints(text: string): Promise<void> {
    await this.until(() => this.output.includes(text));
  }
}

/** The API in a process of its own, on a port of its own. */
export class ApiProcess extends Process {
  private constructor(
    readonly url: string,
    environment: Environment,
    cwd?: string,
  ) {
    super('main.js', environment, { cwd });
  }

  /** Does not wait until it serves. @param environment with `NODE_ENV: undefined`, it is left to its defaults */
  static async launch(environment: Environment = {}, cwd?: string): Promise<ApiProcess> {
    const PORT = String(await freePort());
    const defaults = { NODE_ENV: 'test', BCRYPT_COST: '4', API_URL: 'http://localhost:3000' };
    return new ApiProcess(`http://127.0.0.1:${PORT}`, { ...defaults, PORT, ...environment }, cwd);
  }

  static async start(environment: Environment = {}, cwd?: string): Promise<ApiProcess> {
    const api = await ApiProcess.launch(environment, cwd);
    await api.isServing();
    return api;
  }

  async isServing(): Promise<void> {
    await this.until(() =>
      fetch(`${this.url}/health/live`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  }
}

/** Ends what is left of them, however the test went. */
export async function killAll(processes: Process[]): Promise<void> {
  await Promise.all(processes.splice(0).map((each) => each.end('SIGKILL')));
}
