import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { cookieRows } from './cases/cookie-rows.js';
import { inEveryBrowser } from './cases/in-every-browser.js';
import { cookieSite } from './world/cookie-site.js';
import { Internet } from './world/internet.js';
import { MarkdownTable } from './world/markdown-table.js';
import { patience, reservePorts, serve } from './world/port.js';
import { page, type Passed } from './world/sites.js';

const table = new MarkdownTable('docs/browsers.md', '<!-- cookies: measured by test/browser/cookies.spec.ts -->');
const columns = ['Chromium', 'Firefox', 'WebKit'];
const versions: string[] = [];

const passed: Passed[] = [];
let release: () => Promise<void>;
let internet: Internet;
let closePorts: (() => Promise<void>)[];
beforeAll(async () => {
  release = await reservePorts();
  const cookies = cookieSite(passed);
  const pages = ['app.example.com', 'app.example.test', 'app.example.org', 'app.example.net'];
  internet = await Internet.open({
    ...Object.fromEntries(pages.map((host) => [host, page])),
    'api.example.com': cookies,
    'api.example.test': cookies,
  });
  closePorts = [await serve(3000, cookies), await serve(5173, page)];
}, patience);
afterAll(async () => {
  table.save(['page', 'server', 'cookie'], versions);
  await Promise.all(closePorts.map((close) => close()));
  await internet.close();
  await release();
});

describe('docs/browsers.md is right about', () => {
  inEveryBrowser(
    () => ({ proxy: internet.port }),
    (it) => {
      for (const row of cookieRows)
        it(`${row.page}, ${row.server}, ${row.what}`, async (stage) => {
          const column = columns.indexOf(stage.browser);
          versions[column] = stage.version;
          const measured = await row.measure(stage, passed);
          const line = [`\`${row.page}\``, `\`${row.server}\``, row.what];
          expect(measured).toBe(table.cell(line, column, measured));
        });
    },
  );
});
