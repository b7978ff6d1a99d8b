import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { killAll, Process } from '../support/process.js';
import { HttpsHosts } from './environment/https-hosts.js';
import { emptyPage } from './environment/pages.js';
import { portsTimeoutMs, reservePorts, serve } from './environment/ports.js';
import { fetchFromPage, jsonRequest, newUser, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser } from './support/in-every-browser.js';

const [frontendUrl, apiUrl] = ['http://localhost:5173', 'http://localhost:3000'];

const processes: Process[] = [];
let releasePorts: () => Promise<void>;
let hosts: HttpsHosts;
let database: TestDatabase;
let closePage: () => Promise<void>;
beforeAll(async () => {
  releasePorts = await reservePorts();
  [hosts, database, closePage] = [await HttpsHosts.start(), await createTestDatabase(), await serve(5173, emptyPage)];
}, portsTimeoutMs);
afterEach(() => killAll(processes));
afterAll(async () => {
  await closePage();
  await hosts.close();
  await database.drop();
  await releasePorts();
});

/** As `npm start` does, on the port that the documentation names. */
async function startApi(): Promise<Process> {
  const api = new Process('main.js', { NODE_ENV: 'test', BCRYPT_COST: '4', PORT: '3000', ...database.environment });
  processes.push(api);
  const isLive = () => fetch(`${apiUrl}/health/live`).then(({ ok }) => ok).catch(() => false); // prettier-ignore
  await api.until(isLive);
  return api;
}

describe('while a page is open', () => {
  inEveryBrowser(
    () => hosts,
    (it) => {
      it('the API restarts, and the user stays logged in', async ({ open }) => {
        const api = await startApi();
        const tab = await open(frontendUrl);
        const user = newUser();
        await registerAndLogIn(tab, apiUrl, user);
        expect(await api.end('SIGTERM')).toBe(0);
        expect((await fetchFromPage(tab, `${apiUrl}/authentication`)).error).toMatch(/^TypeError/);
        await startApi();
        expect(await fetchFromPage(tab, `${apiUrl}/authentication`)).toMatchObject({
          status: 200,
          body: { email: user.email },
        });
        const post = jsonRequest('POST', { title: 'After the restart', content: 'Still here' });
        expect(await fetchFromPage(tab, `${apiUrl}/posts`, post)).toMatchObject({ status: 201 });
      });
    },
  );
});
