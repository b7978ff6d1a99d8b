import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { password } from './support/people.js';
import { ApiProcess, killAll, Process } from './support/process.js';

const processes: Process[] = [];
let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase()));
afterEach(async () => {
  await killAll(processes);
  await database.drop();
});

/** Runs to its end. */
async function run(script: string, ...args: string[]) {
  const environment = { NODE_ENV: 'test', BCRYPT_COST: '4', ...database.environment };
  const command = new Process(`commands/${script}.js`, environment, { args });
  processes.push(command);
  return { code: await command.end(), output: command.output };
}

async function start(): Promise<ApiProcess> {
  const api = await ApiProcess.start(database.environment);
  processes.push(api);
  return api;
}

describe('the commands', () => {
  it('seed a demo once, and promote one of its users to an admin', async () => {
    const first = await run('seed');
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining('Made 3 users') });
    const second = await run('seed');
    expect(second).toEqual({ code: 0, output: 'The demo is there already; nothing was changed.\n' });
    const promoted = await run('promote', 'ADA@example.com');
    expect(promoted).toMatchObject({ code: 0, output: expect.stringMatching(/^ADA@example.com is an admin now.$/m) });
    expect(promoted.output).toMatch(/Security.*role-changed.*userId/);

    const { url } = await start();
    const response = await fetch(`${url}/authentication/log-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password }),
    });
    expect(await response.json()).toMatchObject({ email: 'ada@example.com', role: 'admin' });
    for (const list of ['posts', 'categories', 'products']) {
      const { count } = (await (await fetch(`${url}/${list}`)).json()) as { count: number };
      expect(count).toBeGreaterThan(2);
      expect(first.output).toContain(`${count} ${list}`);
    }
  });

  it('promote nobody who has not registered', async () => {
    const result = await run('promote', 'nobody@example.com');
    expect(result).toEqual({ code: 1, output: 'Nobody has registered as nobody@example.com.\n' });
  });

  it('ask whom to promote', async () => {
    const result = await run('promote');
    expect(result).toEqual({ code: 1, output: 'Whom? npm run user:promote -- someone@example.com\n' });
  });
});
