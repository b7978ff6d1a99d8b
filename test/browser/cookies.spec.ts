import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { cookieServer } from './environment/cookie-server.js';
import { HttpsHosts } from './environment/https-hosts.js';
import { emptyPage } from './environment/pages.js';
import { portsTimeoutMs, reservePorts, serve } from './environment/ports.js';
import type { ReceivedRequest } from './environment/reverse-proxy.js';
import { cookieCases } from './support/cookie-cases.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { MarkdownTable } from './support/markdown-table.js';

const table = new MarkdownTable('docs/browsers.md', '<!-- cookies: measured by test/browser/cookies.spec.ts -->');
const columns = ['Chromium', 'Firefox', 'WebKit'];
const versions: string[] = [];

const requests: ReceivedRequest[] = [];
let releasePorts: () => Promise<void>;
let hosts: HttpsHosts;
let closeServers: (() => Promise<void>)[];
beforeAll(async () => {
  releasePorts = await reservePorts();
  const server = cookieServer(requests);
  const pageHosts = ['app.example.com', 'app.example.test', 'app.example.org', 'app.example.net'];
  hosts = await HttpsHosts.start({
    ...Object.fromEntries(pageHosts.map((host) => [host, emptyPage])),
    'api.example.com': server,
    'api.example.test': server,
  });
  closeServers = [await serve(3000, server), await serve(5173, emptyPage)];
}, portsTimeoutMs);
afterAll(async () => {
  table.save(['page', 'server', 'cookie'], versions);
  await Promise.all(closeServers.map((closeServer) => closeServer()));
  await hosts.close();
  await releasePorts();
});

describe('docs/browsers.md lists what browsers do with', () => {
  inEveryBrowser(
    () => hosts,
    (it) => {
      for (const { page, server, cookie, measure } of cookieCases)
        it(`${page}, ${server}, ${cookie}`, async (context) => {
          const column = columns.indexOf(context.browser);
          versions[column] = context.version;
          const measured = await measure(context, requests);
          const row = [`\`${page}\``, `\`${server}\``, cookie];
          expect(measured).toBe(table.cell(row, column, measured));
        });
    },
  );
});
