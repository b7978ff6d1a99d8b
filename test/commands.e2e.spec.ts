import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from './support/database.js';

import { ApiProcess, killAll, Process } from './support/process.js';
import { logIn, password } from './support/users.js';

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

async function start(...args: string[]): Promise<ApiProcess> {
  const api = await ApiProcess.start(database.environment, { args });
  processes.push(api);
  return api;
}

async function expectDemo({ url }: ApiProcess): Promise<void> {
  const list = async (path: string) => (await request(url).get(`/${path}?limit=100`).expect(200)).body;
  const posts = await list('posts');
  expect([posts.count, posts.items.length]).toEqual([40, 40]);
  for (const { content, categories } of posts.items) {
    const paragraphs = content.split('\n\n');
    expect(paragraphs.length).toBeGreaterThanOrEqual(2);
    for (const paragraph of paragraphs) expect(paragraph).toMatch(/^\S.*[.?!]$/);
    expect(categories.length).toBeGreaterThan(0);
  }
  expect(new Set(posts.items.map(({ author }: { author: object }) => JSON.stringify(author))).size).toBe(3);
  expect((await list('categories')).count).toBe(12);
  const products = await list('products');
  expect([products.count, products.items.length]).toEqual([30, 30]);
  const currencies = products.items.map(({ price }: { price: { currency: string } }) => price.currency);
  expect(new Set(currencies)).toEqual(new Set(['EUR', 'USD', 'JPY']));
}

const created = 'Created 4 users, 12 categories, 40 posts, 30 products.\n';
const existing = 'The demo data exists already; nothing was created.\n';

describe('the commands', () => {
  it('seed a demo once, and promote one of its users to an admin', async () => {
    const people = 'ada@example.com, tomas@example.com, yuki@example.com, or admin@example.com (admin)';
    expect(await run('seed')).toEqual({
      code: 0,
      output: `${created}Log in as ${people} with the password ${password}\n`,
    });
    expect(await run('seed')).toEqual({ code: 0, output: existing });
    const promoted = await run('promote', 'ADA@example.com');
    expect(promoted).toMatchObject({ code: 0, output: expect.stringMatching(/^ADA@example.com is now an admin.$/m) });
    expect(promoted.output).toMatch(/Security.*role-changed.*userId/);

    const api = await start();
    await expectDemo(api);
    const { agent } = await logIn(api, 'ada@example.com');
    expect((await agent.get('/authentication').expect(200)).body).toMatchObject({ role: 'admin' });
  });

  it('seed an admin, who may see the origins', async () => {
    await run('seed');
    const api = await start();
    const [admin, user] = [await logIn(api, 'admin@example.com'), await logIn(api, 'yuki@example.com')];
    await admin.agent.get('/origins').expect(200);
    await user.agent.get('/origins').expect(403);
  });

  it('seed beside accounts of others, which keep their passwords and roles', async () => {
    const own = 'a password of my own';
    const before = await start();
    for (const email of ['Ada@example.com', 'admin@example.com'])
      await request(before.url)
        .post('/authentication/register')
        .send({ email, name: 'Own', password: own })
        .expect(201);
    const { agent } = await logIn(before, 'ada@example.com', { password: own });
    await agent.post('/categories').send({ name: 'COFFEE' }).expect(201);
    await before.end('SIGTERM');

    const keeps = (email: string) => `${email} exists with another password. It keeps its password and its role.\n`;
    const kept = keeps('ada@example.com') + keeps('admin@example.com');
    const invitation = `Log in as tomas@example.com or yuki@example.com with the password ${password}\n`;
    expect(await run('seed')).toEqual({
      code: 0,
      output: `Created 2 users, 11 categories, 40 posts, 30 products.\n${kept}${invitation}`,
    });
    expect(await run('seed')).toEqual({ code: 0, output: existing + kept });

    const api = await start();
    const admin = await logIn(api, 'admin@example.com', { password: own });
    await admin.agent.get('/origins').expect(403);
    await logIn(api, 'ada@example.com', { password: own });
    await request(api.url).post('/authentication/log-in').send({ email: 'ada@example.com', password }).expect(401);
  });

  it('start with the demo data when asked for it', async () => {
    const first = await start('--demo');
    expect(first.output).toContain(created);
    expect(first.output).toMatch(/Security.*role-changed.*userId/);
    await expectDemo(first);
    await first.end('SIGTERM');
    const second = await start('--demo');
    expect(second.output).toContain(existing);
    await expectDemo(second);
  });

  it('promote nobody who has not registered', async () => {
    const result = await run('promote', 'nobody@example.com');
    expect(result).toEqual({ code: 1, output: 'There is no account with the address nobody@example.com.\n' });
  });

  it('ask whom to promote', async () => {
    const result = await run('promote');
    expect(result).toEqual({ code: 1, output: 'Usage: npm run user:promote -- someone@example.com\n' });
  });
});
