import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { call, signUp } from './cases/calls.js';
import { inEveryBrowser, type BrowserName } from './cases/in-every-browser.js';
import { live } from './cases/life.js';
import { patience } from './world/port.js';
import { openLocalWorld, openWorld, type World } from './world/world.js';

interface Setting {
  name: string;
  page: string;
  /** Browsers that drop the cookies there; `docs/browsers.md` says why. */
  dropping: BrowserName[];
  open: () => Promise<World>;
}

const over = (page: string, api: string) => () =>
  openWorld([new URL(page).host], { host: api, environment: { FRONTEND_URL: page } });

const settings: Setting[] = [
  { name: 'on this machine, over http', page: 'http://localhost:5173', dropping: [], open: openLocalWorld },
  {
    name: 'on one site',
    page: 'https://app.example.com',
    dropping: [],
    open: over('https://app.example.com', 'api.example.com'),
  },
  {
    name: 'on one site of an ending that no registry has',
    page: 'https://app.example.test',
    dropping: ['WebKit'],
    open: over('https://app.example.test', 'api.example.test'),
  },
  {
    name: 'on two sites',
    page: 'https://app.example.org',
    dropping: ['WebKit'],
    open: over('https://app.example.org', 'api.example.com'),
  },
];

describe.each(settings)('$name', ({ page, dropping, open: openIt }) => {
  let world: World;
  beforeAll(async () => {
    world = await openIt();
  }, patience);
  afterAll(() => world.close());

  inEveryBrowser(
    () => world,
    (it) => {
      it('a visitor lives a whole life, unless the browser drops the cookies', async ({ open, browser }) => {
        const tab = await open(page);
        if (!dropping.includes(browser)) return live(tab, world.url);
        expect(await signUp(tab, world.url)).toMatchObject({ status: 200 });
        expect(await call(tab, `${world.url}/authentication`)).toMatchObject({ status: 401 });
      });
    },
  );
});
