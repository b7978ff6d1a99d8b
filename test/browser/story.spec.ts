import { expect } from '@jest/globals';
import { call, signUp } from './cases/calls.js';
import { inEverySetting, type Setting } from './cases/in-every-setting.js';
import { live } from './cases/life.js';
import { openLocalWorld, openWorld } from './world/world.js';

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

inEverySetting(
  settings,
  'a visitor lives a whole life, unless the browser drops the cookies',
  async ({ open }, { page, api, isDropping }) => {
    const tab = await open(page);
    if (!isDropping) return live(tab, api);
    expect(await signUp(tab, api)).toMatchObject({ status: 200 });
    expect(await call(tab, `${api}/authentication`)).toMatchObject({ status: 401 });
  },
);
