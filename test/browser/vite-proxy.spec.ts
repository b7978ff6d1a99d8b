import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { blocksIn } from '../support/markdown.js';
import { ApiProcess, killAll } from '../support/process.js';
import { waitUntil } from '../support/wait.js';
import type { Page } from './browsers/browser.js';
import { HttpsHosts } from './environment/https-hosts.js';
import { emptyPage } from './environment/pages.js';
import { portsTimeoutMs, reservePorts, serve } from './environment/ports.js';
import { startVite } from './environment/vite-server.js';
import { fetchFromPage, jsonRequest, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser } from './support/in-every-browser.js';

const [documented = ''] = blocksIn(readFileSync('docs/recipes/vite-proxy.md', 'utf8'), 'ts');
const configurations = [
  { name: 'as documented', config: documented },
  { name: 'and `changeOrigin`', config: documented.replace('target:', 'changeOrigin: true, target:') },
];

const pageUrl = 'http://localhost:5173';
const apiUrl = `${pageUrl}/api`;

const processes: ApiProcess[] = [];
let releasePorts: () => Promise<void>;
let hosts: HttpsHosts;
let database: TestDatabase;
let foreignUrl: string;
let closeForeignPage: () => Promise<void>;
beforeAll(async () => {
  releasePorts = await reservePorts();
  [hosts, database] = [await HttpsHosts.start(), await createTestDatabase()];
  const foreignPort = await freePort();
  foreignUrl = `http://localhost:${String(foreignPort)}`;
  closeForeignPage = await serve(foreignPort, emptyPage);
  // Of what concerns origins, all is as by default.
  const environment = { PORT: '3000', API_URL: undefined, ACCESS_TOKEN_TTL: '1s', ...database.environment };
  processes.push(await ApiProcess.start(environment));
}, portsTimeoutMs);
afterAll(async () => {
  await killAll(processes);
  await closeForeignPage();
  await hosts.close();
  await database.drop();
  await releasePorts();
});

const statusOf = async (page: Page, method: string, path: string, body: unknown = {}) =>
  (await fetchFromPage(page, apiUrl + path, method === 'GET' ? {} : jsonRequest(method, body))).status;
const write = (page: Page) => statusOf(page, 'POST', '/posts', { title: 'Through the proxy', content: 'Of Vite' });

/** It takes half a minute, by which clocks may differ. So it happens in one browser. */
async function untilTokenHasExpired(page: Page): Promise<void> {
  await waitUntil(async () => (await statusOf(page, 'GET', '/authentication')) === 401);
  expect(await write(page)).toBe(401);
}

describe.each(configurations)('behind the proxy of Vite, $name', ({ config }) => {
  let endVite: () => Promise<void>;
  beforeAll(async () => {
    endVite = await startVite(config);
  });
  afterAll(() => endVite());

  inEveryBrowser(
    () => hosts,
    (it) => {
      it('a page logs in, writes, refreshes the session and logs out', async ({ open, browser }) => {
        const page = await open(pageUrl);
        expect(await registerAndLogIn(page, apiUrl)).toMatchObject({ status: 200 });
        expect(await write(page)).toBe(201);
        if (browser === 'Chromium') await untilTokenHasExpired(page);
        expect(await statusOf(page, 'POST', '/authentication/refresh')).toBe(204);
        expect(await write(page)).toBe(201);
        expect(await statusOf(page, 'POST', '/authentication/log-out')).toBe(204);
        expect(await write(page)).toBe(401);
        expect(await statusOf(page, 'POST', '/authentication/refresh')).toBe(401);
      });

      it('a page on another port cannot log the user out', async ({ open }) => {
        const page = await open(pageUrl);
        await registerAndLogIn(page, apiUrl);
        const foreignPage = await open(foreignUrl);
        const logOut = (init: object) =>
          fetchFromPage(foreignPage, `${apiUrl}/authentication/log-out`, { method: 'POST', ...init });
        await logOut({ mode: 'no-cors' }); // sent with the cookies
        expect(await logOut({ credentials: 'omit' })).toMatchObject({ status: 403 });
        expect(await statusOf(page, 'POST', '/authentication/refresh')).toBe(204);
      });
    },
  );
});
