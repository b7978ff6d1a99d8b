import { expect } from '@jest/globals';
import { freePort } from '../../support/free-port.js';
import { killAll, type ApiProcess } from '../../support/process.js';
import { startInstance } from './api.js';
import type { Cluster } from './cluster.js';
import { HeldSocket } from '../../support/held-socket.js';

/** Two instances on one database, each always on the same port. */
export class Pair {
  readonly instances: ApiProcess[] = [];
  /** Those that have ended, too. */
  private readonly processes: ApiProcess[] = [];

  private constructor(
    readonly ports: readonly [number, number],
    private readonly cluster: Cluster,
    private readonly environment: Record<string, string>,
    private readonly sockets: HeldSocket[],
  ) {}

  /**
   * @param closeLater is given how to end them
   * @param holdSockets they listen on sockets that stay open while an instance restarts, as with `deploy/systemd`
   */
  static async start(
    cluster: Cluster,
    closeLater: (close: () => unknown) => void,
    environment: Record<string, string> = {},
    holdSockets = false,
  ): Promise<Pair> {
    const ports = [await freePort(), await freePort()] as const;
    const pair = new Pair(ports, cluster, environment, holdSockets ? ports.map((port) => new HeldSocket(port)) : []);
    closeLater(async () => {
      await killAll(pair.processes);
      pair.sockets.forEach((socket) => socket.close());
    });
    await pair.launch(0);
    await pair.launch(1);
    return pair;
  }

  get urls(): string[] {
    return this.ports.map((port) => `http://127.0.0.1:${String(port)}`);
  }

  /** As an operator does: the next instance when this one is ready. */
  async restart(index: 0 | 1, environment: Record<string, string> = {}): Promise<void> {
    expect(await this.instances[index]?.end('SIGTERM')).toBe(0);
    await this.launch(index, environment);
  }

  private async launch(index: 0 | 1, environment: Record<string, string> = {}): Promise<void> {
    const given = { ...this.environment, ...environment, DATABASE_URL: this.cluster.url };
    const variables = { SHUTDOWN_DELAY: '1s', ...given, PORT: String(this.ports[index]) };
    const started = await startInstance(variables, this.sockets[index]);
    this.instances[index] = started;
    this.processes.push(started);
  }
}
