import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.js';

/** A Redis server of its own that a test may break. It keeps nothing. */
export class RedisServer {
  private readonly directory = mkdtempSync(join(tmpdir(), 'redis-'));
  private child?: ChildProcess;

  private constructor(private readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const redis = new RedisServer(await freePort());
    redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${String(this.port)}`;
  }

  start(): void {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--dir', this.directory];
    this.child = spawn('redis-server', args, { stdio: 'ignore' });
  }

  /** Its connections stay open, and get no answer. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const exited = this.child && once(this.child, 'exit');
    this.child?.kill('SIGKILL');
    await exited;
    this.child = undefined;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true });
  }
}
