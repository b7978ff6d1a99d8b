import { afterAll, afterEach, beforeAll, describe, expect, jest } from '@jest/globals';
import { call } from './cases/calls.js';
import { addCategory, register } from './cases/frontend.js';
import { inEveryBrowser } from './cases/in-every-browser.js';
import { see } from './cases/texts.js';
import { frontendFor } from './world/frontend.js';
import { openWorld, type World } from './world/world.js';

const frontend = 'https://app.example.com';

let world: World;
beforeAll(async () => {
  const environment = { FRONTEND_URL: frontend };
  world = await openWorld(['app.example.com'], { site: frontendFor('https://api.example.com'), environment });
});
afterEach(() => void jest.restoreAllMocks());
afterAll(() => world.close());

/** For the API, which runs in this process: no access token lives for so long. */
function letTwentyMinutesPass(): void {
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + 20 * 60_000);
}

describe('two tabs of the frontend', () => {
  inEveryBrowser(
    () => world,
    (it) => {
      it('write on after the access token has expired, and nobody is asked to log in', async ({ open, browser }) => {
        const first = await open(frontend);
        await register(first);
        await see(first, 'Log out');
        const second = await open(frontend);
        await see(second, 'Log out');
        letTwentyMinutesPass();
        expect(await call(first, `${world.url}/authentication`)).toMatchObject({ status: 401 });
        await addCategory(second, `Coffee in ${browser}`);
        await addCategory(first, `Tea in ${browser}`);
        await see(first, 'Log out');
        await see(second, 'Log out');
      });
    },
  );
});
