import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startApi, type Api } from '../support/api.js';
import { HttpsHosts } from './environment/https-hosts.js';
import { misconfiguredProxy } from './environment/misconfigured-proxy.js';
import { fetchingPage } from './environment/pages.js';
import { portsTimeoutMs, reservePorts, serve } from './environment/ports.js';
import { reverseProxy } from './environment/reverse-proxy.js';
import { inEveryBrowser } from './support/in-every-browser.js';
import { MarkdownTable } from './support/markdown-table.js';
import { misconfigurations } from './support/misconfigurations.js';

const table = new MarkdownTable('docs/browsers.md', '<!-- console: measured by test/browser/console.spec.ts -->');
const columns = ['Chromium', 'Firefox', 'WebKit'];
const versions: string[] = [];

let api: Api;
let releasePorts: () => Promise<void>;
let hosts: HttpsHosts;
let closePage: () => Promise<void>;
beforeAll(async () => {
  releasePorts = await reservePorts();
  api = await startApi({
    API_URL: 'https://api.example.com',
    FRONTEND_URL: 'https://app.example.com',
    TRUST_PROXY: '1',
  });
  hosts = await HttpsHosts.start({
    'app.example.com': fetchingPage,
    'app.example.org': fetchingPage,
    'api.example.com': reverseProxy(api.port),
    'proxy.example.com': misconfiguredProxy,
  });
  closePage = await serve(5173, fetchingPage);
}, portsTimeoutMs);
afterAll(async () => {
  table.save(['mistake'], versions);
  await closePage();
  await hosts.close();
  await api.close();
  await releasePorts();
});

/** As a cell of the table: each message once, and without the characters that have a meaning there. */
function toCell(consoleMessages: string[]): string {
  const lines = new Set(consoleMessages.map((line) => line.trim().replaceAll('|', '\\|').replaceAll('`', "'")));
  return lines.size === 0 ? 'nothing' : [...lines].map((line) => `\`${line}\``).join('<br>');
}

describe('docs/browsers.md lists the console messages for', () => {
  inEveryBrowser(
    () => hosts,
    (it) => {
      for (const { name, page, url, init = {} } of misconfigurations)
        it(name, async ({ browser, version, readConsole }) => {
          const column = columns.indexOf(browser);
          versions[column] = version;
          const query = new URLSearchParams({ url, init: JSON.stringify(init) });
          const measured = toCell(await readConsole(`${page}/?${String(query)}`));
          expect(measured).toBe(table.cell([name], column, measured));
        });
    },
  );
});
