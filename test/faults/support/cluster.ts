import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { childrenOf } from '../../support/child-processes.js';
import { freePort } from '../../support/free-port.js';
import { waitUntil } from '../../support/wait.js';

/** PostgreSQL refuses to run as root: then it runs as its own user. */
const owner =
  process.getuid?.() === 0
    ? { uid: Number(execFileSync('id', ['-u', 'postgres'])), gid: Number(execFileSync('id', ['-g', 'postgres'])) }
    : {};

/** `fast` cuts connections, `immediate` and `kill` leave the recovery to the next start. */
export type StopMode = 'fast' | 'immediate' | 'kill';
const signals = { fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' } as const;

/** A PostgreSQL server of its own, on a free port, that a test may break. */
export class Cluster {
  private postmaster?: ChildProcess;

  private constructor(
    private readonly directory: string,
    private readonly port: number,
    private readonly settings: string[],
  ) {}

  /** @param settings as in `max_connections=20` */
  static async start(...settings: string[]): Promise<Cluster> {
    return Cluster.startIn(tmpdir(), ...settings);
  }

  /** In a directory below another one, for example on a small disk. */
  static async startIn(parent: string, ...settings: string[]): Promise<Cluster> {
    const directory = mkdtempSync(join(parent, 'cluster-'));
    if (owner.uid !== undefined) chownSync(directory, owner.uid, owner.gid);
    chmodSync(directory, 0o700);
    const args = ['-D', join(directory, 'data'), '-U', 'postgres', '--auth=trust', '--no-sync'];
    execFileSync(join(binaries(), 'initdb'), args, { ...owner, stdio: 'ignore' });
    const cluster = new Cluster(directory, await freePort(), settings);
    await cluster.start();
    return cluster;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${String(this.port)}/postgres`;
  }

  /** Until it accepts connections. */
  async start(): Promise<void> {
    const settings = [`port=${String(this.port)}`, 'listen_addresses=127.0.0.1', ...this.settings];
    const args = [
      '-D',
      join(this.directory, 'data'),
      '-k',
      this.directory,
      ...settings.flatMap((each) => ['-c', each]),
    ];
    await waitUntil(async () => {
      // After SIGKILL the former processes have to be gone first: until then the new one exits.
      if (this.postmaster === undefined || this.postmaster.exitCode !== null || this.postmaster.signalCode !== null)
        this.postmaster = spawn(join(binaries(), 'postgres'), args, { ...owner, stdio: 'ignore' });
      return this.isReady();
    });
  }

  async stop(mode: StopMode): Promise<void> {
    const { postmaster } = this;
    if (postmaster === undefined || postmaster.exitCode !== null) return;
    const exited = once(postmaster, 'exit');
    postmaster.kill(signals[mode]);
    await exited;
    this.postmaster = undefined;
  }

  /** No process of it runs on until `thaw()`; its connections stay open. */
  freeze(): void {
    for (const pid of this.pids()) process.kill(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.pids()) process.kill(pid, 'SIGCONT');
  }

  async query<Row extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client(this.url);
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql, parameters)).rows;
    } finally {
      await client.end();
    }
  }

  async remove(): Promise<void> {
    await this.stop('immediate');
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async isReady(): Promise<boolean> {
    return this.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  private pids(): number[] {
    const pid = this.postmaster?.pid ?? 0;
    return [pid, ...childrenOf(pid)];
  }
}

/** Debian keeps those of each version in a directory of their own. */
function binaries(): string {
  const root = '/usr/lib/postgresql';
  const [newest] = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  if (newest === undefined) throw new Error('PostgreSQL is not installed: apt-get install -y postgresql');
  return join(root, newest, 'bin');
}
