import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { killAll, Process } from '../support/process.js';
import { call, json, newPerson, signUp } from './cases/calls.js';
import { inEveryBrowser } from './cases/in-every-browser.js';
import { Internet } from './world/internet.js';
import { patience, reservePorts, serve } from './world/port.js';
import { page } from './world/sites.js';

const [frontend, api] = ['http://localhost:5173', 'http://localhost:3000'];

const processes: Process[] = [];
let release: () => Promise<void>;
let internet: Internet;
let database: TestDatabase;
let closePage: () => Promise<void>;
beforeAll(async () => {
  release = await reservePorts();
  [internet, database, closePage] = [await Internet.open(), await createTestDatabase(), await serve(5173, page)];
}, patience);
afterEach(() => killAll(processes));
afterAll(async () => {
  await closePage();
  await internet.close();
  await database.drop();
  await release();
});

/** `npm start`, with its own port: the one the documentation names. */
async function startApi(): Promise<Process> {
  const started = new Process('main.js', { NODE_ENV: 'test', BCRYPT_COST: '4', PORT: '3000', ...database.environment });
  processes.push(started);
  const isLive = () => fetch(`${api}/health/live`).then(({ ok }) => ok).catch(() => false); // prettier-ignore
  await started.until(isLive);
  return started;
}

describe('under an open page', () => {
  inEveryBrowser(
    () => ({ proxy: internet.port }),
    (it) => {
      it('the API restarts, and nobody is logged out', async ({ open }) => {
        const before = await startApi();
        const tab = await open(frontend);
        const person = newPerson();
        await signUp(tab, api, person);
        expect(await before.end('SIGTERM')).toBe(0);
        expect((await call(tab, `${api}/authentication`)).error).toMatch(/^TypeError/);
        await startApi();
        expect(await call(tab, `${api}/authentication`)).toMatchObject({ status: 200, body: { email: person.email } });
        const post = json('POST', { title: 'After the restart', content: 'Still here' });
        expect(await call(tab, `${api}/posts`, post)).toMatchObject({ status: 201 });
      });
    },
  );
});
