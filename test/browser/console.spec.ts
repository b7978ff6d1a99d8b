import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startApi, type Api } from '../support/api.js';
import { inEveryBrowser } from './cases/in-every-browser.js';
import { mistakes } from './cases/mistakes.js';
import { Internet } from './world/internet.js';
import { MarkdownTable } from './world/markdown-table.js';
import { mistakenPage, mistakenProxy } from './world/mistaken-sites.js';
import { patience, reservePorts, serve } from './world/port.js';
import { forwardTo } from './world/sites.js';

const table = new MarkdownTable('docs/browsers.md', '<!-- console: measured by test/browser/console.spec.ts -->');
const columns = ['Chromium', 'Firefox', 'WebKit'];
const versions: string[] = [];

let api: Api;
let release: () => Promise<void>;
let internet: Internet;
let closePort: () => Promise<void>;
beforeAll(async () => {
  release = await reservePorts();
  api = await startApi({
    API_URL: 'https://api.example.com',
    FRONTEND_URL: 'https://app.example.com',
    TRUST_PROXY: '1',
  });
  internet = await Internet.open({
    'app.example.com': mistakenPage,
    'app.example.org': mistakenPage,
    'api.example.com': forwardTo(api.port),
    'proxy.example.com': mistakenProxy,
  });
  closePort = await serve(5173, mistakenPage);
}, patience);
afterAll(async () => {
  table.save(['mistake'], versions);
  await closePort();
  await internet.close();
  await api.close();
  await release();
});

/** As they stand in the table: nothing that differs from run to run, and no character that ends a cell. */
function tell(words: string[]): string {
  const lines = new Set(words.map((line) => line.trim().replaceAll('|', '\\|').replaceAll('`', "'")));
  return lines.size === 0 ? 'nothing' : [...lines].map((line) => `\`${line}\``).join('<br>');
}

describe('docs/browsers.md is right about', () => {
  inEveryBrowser(
    () => ({ proxy: internet.port }),
    (it) => {
      for (const { what, page, url, sent = {} } of mistakes)
        it(what, async (stage) => {
          const column = columns.indexOf(stage.browser);
          versions[column] = stage.version;
          const query = new URLSearchParams({ url, sent: JSON.stringify(sent) });
          const measured = tell(await stage.hear(`${page}/?${String(query)}`));
          expect(measured).toBe(table.cell([what], column, measured));
        });
    },
  );
});
