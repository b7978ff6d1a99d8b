import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { freePort } from './support/free-port.js';
import { HeldSocket } from './support/held-socket.js';
import { ApiProcess, killAll } from './support/process.js';
import { describeWithPrograms } from './support/programs.js';

const processes: ApiProcess[] = [];
let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase()));
afterEach(async () => {
  await killAll(processes);
  await database.drop();
});

const launch = async (PORT: string, socket?: HeldSocket) => {
  const api = await ApiProcess.launch({ ...database.environment, PORT }, { socket: socket?.fd });
  processes.push(api);
  return api;
};

it('connections that arrive while the API restarts wait in the socket of systemd', async () => {
  const port = await freePort();
  const socket = new HeldSocket(port);
  try {
    const first = await launch(String(port), socket);
    await first.isServing();
    expect(first.output).toContain('Listening on the socket of systemd; browsers find this API at');
    expect(await first.end('SIGTERM')).toBe(0);
    const waiting = fetch(`${first.url}/health/live`);
    await launch(String(port), socket);
    expect((await waiting).status).toBe(200);
  } finally {
    socket.close();
  }
});

describeWithPrograms('systemd-analyze', 'systemd-socket-activate')('systemd', () => {
  it('accepts the units', () => {
    const units = readdirSync('deploy/systemd').map((name) => join('deploy/systemd', name));
    expect(units).toHaveLength(2);
    execFileSync('systemd-analyze', ['verify', ...units], { stdio: 'pipe' });
  });

  it('passes its socket to the API', async () => {
    const port = String(await freePort());
    const environment = { ...database.environment, NODE_ENV: 'test', PORT: port };
    const passed = Object.entries(environment).flatMap(([name, value]) => ['-E', `${name}=${value}`]);
    const args = ['-l', `127.0.0.1:${port}`, ...passed, process.execPath, 'dist/main.js'];
    const child = spawn('systemd-socket-activate', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const exited = once(child, 'exit');
    try {
      await once(child.stderr, 'data'); // it listens
      expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
    } finally {
      child.kill('SIGTERM');
    }
    expect(await exited).toEqual([0, null]);
  });
});
