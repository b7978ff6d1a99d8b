import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createTestDatabase, describeOnEmbedded, describeOnServer, type TestDatabase } from './support/database.js';
import { ApiProcess, killAll, Process } from './support/process.js';
import { createUser, logIn } from './support/users.js';

const processes: Process[] = [];
let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'backup-'))));
afterEach(async () => {
  await killAll(processes);
  await rm(directory, { recursive: true, force: true });
});

/** Runs to its end, with the embedded database of this folder. */
async function run(script: string, dataDirectory: string, argument: string) {
  const environment = { NODE_ENV: 'test', BCRYPT_COST: '4', DATA_DIR: dataDirectory };
  const command = new Process(`commands/${script}.js`, environment, { args: [argument] });
  processes.push(command);
  return { code: await command.end(), output: command.output };
}

async function start(dataDirectory: string): Promise<ApiProcess> {
  const api = await ApiProcess.start({ DATA_DIR: dataDirectory, LOG_LEVEL: 'fatal' });
  processes.push(api);
  return api;
}

/** What a restore must bring back: awkward text, numbers beyond those of JavaScript, relations, a price. */
const product = {
  name: 'Schraube "M8" \\ \u{1F529}',
  description: 'Zwei\nZeilen',
  price: { amount: 1_999, currency: 'EUR' },
  properties: { nested: [1.5, null, 'a\tb'] },
};

describeOnEmbedded('a back-up of the embedded database', () => {
  let database: TestDatabase;
  let file: string;
  beforeEach(async () => {
    database = await createTestDatabase();
    file = join(directory, 'backup.gz');
  });
  afterEach(() => database.drop());

  it('that is made while the API runs and is written to restores every row, and ids go on', async () => {
    const api = await start(database.environment.DATA_DIR);
    const { agent, email } = await createUser(api);
    const { body: category } = await agent.post('/categories').send({ name: 'Tools' }).expect(201);
    const { body: created } = await agent
      .post('/products')
      .send({ ...product, categoryIds: [category.id] })
      .expect(201);
    const stopped = new AbortController();
    const written: string[] = [];
    const writing = (async () => {
      for (let index = 0; !stopped.signal.aborted; index += 1) {
        const { headers } = await agent
          .post('/posts')
          .send({ title: `${index}`, content: 'During' })
          .expect(201);
        written.push(String(headers.location));
      }
    })();
    const before = written.length;
    const made = await run('backup', database.environment.DATA_DIR, file);
    stopped.abort();
    await writing;
    expect(made).toEqual({
      code: 0,
      output: expect.stringMatching(/products: 1 rows, checksum \w{32}\n[^]*Backed up/),
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const restored = await run('restore', join(directory, 'restored'), file);
    expect(restored).toMatchObject({ code: 0 });
    const tables = (output: string) => output.split('\n').filter((line) => line.includes('checksum'));
    expect(tables(restored.output)).toEqual(tables(made.output));
    const second = await start(join(directory, 'restored'));
    const { agent: again } = await logIn(second, email);
    expect((await again.get(`/products/${String(created.id)}`).expect(200)).body).toEqual(created);
    for (const path of written.slice(0, before)) await again.get(path).expect(200);
    const { count } = (await again.get('/posts').expect(200)).body as { count: number };
    expect(tables(made.output)).toContainEqual(expect.stringContaining(`posts: ${String(count)} rows`));
    await again.post('/posts').send({ title: 'New', content: 'After' }).expect(201);
  });

  it('is refused where it would overwrite, and restores nothing of a file that is damaged', async () => {
    expect(await run('backup', database.environment.DATA_DIR, file)).toMatchObject({ code: 0 });
    const again = await run('backup', database.environment.DATA_DIR, file);
    expect(again).toEqual({
      code: 1,
      output: expect.stringContaining('exists already; give the back-up another name'),
    });
    const over = await run('restore', database.environment.DATA_DIR, file);
    expect(over).toEqual({ code: 1, output: expect.stringContaining('is not empty. Stop the API, move that folder') });
    const content = await readFile(file);
    await writeFile(file, content.subarray(0, content.length - 40));
    const target = join(directory, 'damaged');
    const cut = await run('restore', target, file);
    expect(cut).toEqual({ code: 1, output: expect.stringMatching(/is not a back-up, or not complete/) });
    expect(await readdir(target)).not.toContain('postgres');
    await writeFile(file, 'Hello');
    expect(await run('restore', target, file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('is not a back-up'),
    });
    const none = await run('backup', join(directory, 'nowhere'), join(directory, 'none.gz'));
    expect(none).toMatchObject({ code: 1, output: expect.stringContaining('there is no embedded database in') });
  });
});

describeOnServer('the move to a server', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await createTestDatabase()));
  afterEach(() => database.drop());

  it('copies every table, compares it, and refuses a server that has rows', async () => {
    const data = join(directory, 'data');
    const { DATABASE_URL = '' } = database.environment;
    const api = await start(data);
    const { agent, email, session } = await createUser(api);
    const { body: created } = await agent.post('/products').send(product).expect(201);
    const running = await run('move', data, DATABASE_URL);
    expect(running).toMatchObject({ code: 1, output: expect.stringMatching(/is in use by process \d+/) });
    expect(await api.end('SIGTERM')).toBe(0);

    const moved = await run('move', data, DATABASE_URL);
    expect(moved).toEqual({ code: 0, output: expect.stringMatching(/products: 1 rows[^]*every table is the same/) });
    const onServer = await ApiProcess.start({ DATA_DIR: data, DATABASE_URL, LOG_LEVEL: 'fatal' });
    processes.push(onServer);
    const { agent: again } = await logIn(onServer, email);
    expect((await again.get(`/products/${String(created.id)}`).expect(200)).body).toEqual(created);
    await again.post('/posts').send({ title: 'New', content: 'After' }).expect(201);
    // The secret stays in DATA_DIR: the session of before goes on.
    const before = await fetch(`${onServer.url}/authentication`, { headers: { Cookie: session.cookie } });
    expect(before.status).toBe(200);

    const twice = await run('move', data, DATABASE_URL);
    expect(twice).toMatchObject({ code: 1, output: expect.stringContaining('it has to be empty') });
    const client = new pg.Client(DATABASE_URL);
    await client.connect();
    expect((await client.query('SELECT count(*)::int AS count FROM users')).rows).toEqual([{ count: 1 }]);
    await client.end();
  });
});
