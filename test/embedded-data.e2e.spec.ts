import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { ApiProcess, killAll, Process } from './support/process.js';

describe('the embedded database', () => {
  const processes: Process[] = [];
  let database: TestDatabase;
  let folder: string;
  beforeEach(async () => {
    database = await createTestDatabase();
    folder = join(database.environment.DATA_DIR, 'postgres');
  });
  afterEach(async () => {
    await killAll(processes);
    await database.drop();
  });

  const command = (script: string, ...args: string[]) => {
    const environment = { NODE_ENV: 'test', BCRYPT_COST: '4', ...database.environment };
    const started = new Process(`commands/${script}.js`, environment, { args });
    processes.push(started);
    return started;
  };

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'a file in its place',
      () => rm(folder, { recursive: true }).then(() => writeFile(folder, '')),
      /postgres is a file, and has to be a folder\. Move it away/,
    ],
    ['no PG_VERSION', () => rm(join(folder, 'PG_VERSION')), /has files, and no PG_VERSION: .* Restore a back-up/],
    [
      'the files of another version',
      () => writeFile(join(folder, 'PG_VERSION'), '17\n'),
      /was made by PostgreSQL 17, and this version of the API has PostgreSQL 18\. Back it up with the version/,
    ],
    [
      'no pg_control',
      () => rm(join(folder, 'global/pg_control')),
      /is damaged: global\/pg_control is missing\. Restore/,
    ],
    [
      'a pg_control of zeros',
      async () => {
        await truncate(join(folder, 'global/pg_control'), 0);
        await truncate(join(folder, 'global/pg_control'), 8_192);
      },
      /is damaged: global\/pg_control is empty\. Restore/,
    ],
    [
      'no log',
      () => rm(join(folder, 'pg_wal'), { recursive: true }).then(() => mkdir(join(folder, 'pg_wal'))),
      /is damaged: its log \(pg_wal\) is missing\. Restore/,
    ],
    [
      'no tables',
      () => rm(join(folder, 'base'), { recursive: true }),
      /PostgreSQL cannot open the embedded database in .*\. Restore/,
    ],
  ])('with %s is refused in one sentence, and left as it is', async (_, damage, sentence) => {
    await damage();
    const before = await readdir(database.environment.DATA_DIR, { recursive: true });
    const api = await ApiProcess.launch(database.environment);
    processes.push(api);
    expect(await api.end()).toBe(1);
    const errors = api.output.split('\n').filter((line) => line.startsWith('  - '));
    expect(errors).toEqual([expect.stringMatching(sentence)]);
    expect(api.output).not.toMatch(/^\s+at |Aborted|wasm/m);
    const after = await readdir(database.environment.DATA_DIR, { recursive: true });
    const isKept = (name: string) => !/jwt-secret|postgres\.(pid|lock)|postmaster|pg_internal\.init/.test(name);
    expect(after.filter(isKept).sort()).toEqual(before.filter(isKept).sort());
  });

  it('is made again when its first start was killed', async () => {
    await rm(database.environment.DATA_DIR, { recursive: true });
    const killed = command('promote', 'nobody@example.com');
    await killed.until(() =>
      readdir(`${folder}.new`).then(
        (names) => names.length > 0,
        () => false,
      ),
    );
    expect(await killed.end('SIGKILL')).toBe('SIGKILL');
    const second = command('promote', 'nobody@example.com');
    expect(await second.end()).toBe(1);
    expect(second.output).toBe('There is no account with the address nobody@example.com.\n');
    expect(await readFile(join(folder, 'PG_VERSION'), 'utf8')).toBe('18\n');
  });
});
