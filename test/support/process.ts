import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { freePort } from './free-port.js';
import { waitUntil } from './wait.js';

type Environment = Record<string, string | undefined>;

interface Options {
  args?: string[];
  cwd?: string;
  /** The file descriptor of a socket that the process gets as systemd passes it. */
  socket?: number;
}

/** Systemd sets both variables in the process itself, which the number of the process takes. */
const withSocket = ['/bin/sh', '-c', 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" "$@"'];

/** Another process of this software, as `npm run build` compiled it. */
export class Process {
  output = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<number | NodeJS.Signals>;

  /**
   * @param script below `dist/`
   * @param environment all its variables beside `PATH`
   */
  constructor(script: string, environment: Environment = {}, { args = [], cwd, socket }: Options = {}) {
    const env = { PATH: process.env.PATH, ...environment };
    const command = [process.execPath, resolve('dist', script), ...args];
    const [program = '', ...rest] = socket === undefined ? command : [...withSocket, ...command];
    this.child = spawn(program, rest, { env, cwd, stdio: ['ignore', 'pipe', 'pipe', socket] });
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

  /** Waits until a condition is true. @throws Error with the output when the process ends before, or it never is */
  async until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
    const isDone = async () => {
      if (await isTrue()) return true;
      if (!this.isRunning) throw new Error(`The process has ended:\n${this.output}`);
      return false;
    };
    await waitUntil(isDone, () => this.output);
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
    options: Options,
  ) {
    super('main.js', environment, options);
  }

  /** Does not wait until it serves requests. @param environment of `undefined` removes a default of the tests */
  static async launch(environment: Environment = {}, options: Options = {}): Promise<ApiProcess> {
    const PORT = environment.PORT ?? String(await freePort());
    const defaults = { NODE_ENV: 'test', BCRYPT_COST: '4', API_URL: 'http://localhost:3000' };
    return new ApiProcess(`http://127.0.0.1:${PORT}`, { ...defaults, PORT, ...environment }, options);
  }

  static async start(environment: Environment = {}, options: Options = {}): Promise<ApiProcess> {
    const api = await ApiProcess.launch(environment, options);
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

/** Ends those that still run, whatever the result of the test. */
export async function killAll(processes: Process[]): Promise<void> {
  await Promise.all(processes.splice(0).map((each) => each.end('SIGKILL')));
}
