import { afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { blocksIn, settingsIn } from '../support/markdown.js';
import { ApiProcess, killAll } from '../support/process.js';
import { password } from '../support/users.js';

const [command = ''] = blocksIn(readFileSync('docs/recipes/two-copies.md', 'utf8'), 'sh');
const { COOKIE_PREFIX = '' } = settingsIn(command);

const credentials = { email: 'ada@example.com', password };

const processes: ApiProcess[] = [];
const databases: TestDatabase[] = [];
afterEach(async () => {
  await killAll(processes);
  await Promise.all(databases.splice(0).map((database) => database.drop()));
});

async function start(variables: Record<string, string>): Promise<ApiProcess> {
  const database = await createTestDatabase();
  databases.push(database);
  const api = await ApiProcess.start({ ...database.environment, ...variables });
  processes.push(api);
  return api;
}

/** A browser that logs in at two APIs on one host, one after the other. @returns what both say about its session */
async function logInAtBoth(variables: Record<string, string>): Promise<number[]> {
  const apis = [await start({}), await start(variables)];
  const browser = request.agent(''); // keeps cookies by host, whatever the port
  for (const { url } of apis) {
    await browser
      .post(`${url}/authentication/register`)
      .send({ ...credentials, name: 'Ada' })
      .expect(201);
    await browser.post(`${url}/authentication/log-in`).send(credentials).expect(200);
  }
  const answers = [];
  for (const { url } of apis) answers.push(await browser.get(`${url}/authentication`));
  return answers.map(({ status }) => status);
}

describe('two copies on one localhost', () => {
  it('share their cookies: the log-in at one replaces that at the other', async () => {
    expect(await logInAtBoth({})).toEqual([401, 200]);
  });

  it('have cookies of their own with COOKIE_PREFIX', async () => {
    expect(COOKIE_PREFIX).toBe('shop');
    expect(await logInAtBoth({ COOKIE_PREFIX })).toEqual([200, 200]);
    const shop = request(processes[1]?.url ?? '');
    const { headers } = await shop.post('/authentication/log-in').send(credentials).expect(200);
    const names = [headers['set-cookie']].flat().map((line) => line?.split('=', 1)[0]);
    expect([...new Set(names)].sort()).toEqual(['shop-Authentication', 'shop-Refresh']);
    const { body } = await shop.get('/openapi.json').expect(200);
    expect(body).toMatchObject({ components: { securitySchemes: { session: { name: 'shop-Authentication' } } } });
  });
});
