import { afterEach, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { frontend } from './support/api.js';
import { createTestDatabase, describeOnServer, type TestDatabase } from './support/database.js';
import { ApiProcess, killAll, Process } from './support/process.js';

describeOnServer('a seed', () => {
  const processes: Process[] = [];
  let database: TestDatabase;
  let client: pg.Client;
  beforeEach(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.environment.DATABASE_URL);
    await client.connect();
  });
  afterEach(async () => {
    await killAll(processes);
    await client.end();
    await database.drop();
  });

  const seed = (environment: Record<string, string> = { NODE_ENV: 'test', BCRYPT_COST: '4' }) => {
    const command = new Process('commands/seed.js', { ...environment, ...database.environment });
    processes.push(command);
    return command;
  };
  const count = async (table: string) => {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
    return Number(rows[0]?.count);
  };
  const counts = () => Promise.all(['users', 'categories', 'posts', 'products'].map(count));

  it.each(['users', 'categories', 'posts', 'products'])('that is killed among the %s is continued', async (table) => {
    const killed = seed();
    await killed.until(async () => (await count(table)) > 0);
    await killed.end('SIGKILL');
    const second = seed();
    expect(await second.end()).toBe(0);
    expect(await counts()).toEqual([4, 12, 40, 30]);
    const { rows } = await client.query(`SELECT email FROM users WHERE role = 'admin'`);
    expect(rows).toEqual([{ email: 'admin@example.com' }]);
    const third = seed();
    expect([await third.end(), third.output]).toEqual([0, 'The demo data exists already; nothing was created.\n']);
  });

  it('is refused in production, as a command and at start', async () => {
    const production = { NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32), FRONTEND_URL: frontend };
    const command = seed(production);
    const api = await ApiProcess.launch(
      { ...database.environment, ...production, BCRYPT_COST: '10' },
      { args: ['--demo'] },
    );
    processes.push(api);
    for (const refused of [command, api]) {
      expect(await refused.end()).toBe(1);
      expect(refused.output).toContain(
        '  - NODE_ENV is production, and the demo data has accounts with a known password, one of them an admin\n',
      );
    }
    expect(await counts()).toEqual([0, 0, 0, 0]);
  });
});
