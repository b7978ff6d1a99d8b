import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from './browsers/browser.js';
import { call, signUp } from './cases/calls.js';
import { inEveryBrowser } from './cases/in-every-browser.js';
import { openWorld, type World } from './world/world.js';

const frontend = 'https://app.example.com';

let world: World;
beforeAll(async () => {
  world = await openWorld(['app.example.com'], { environment: { FRONTEND_URL: frontend } });
});
afterAll(() => world.close());

type Waiting = typeof globalThis & { answer: Promise<number> };

/** The tab refreshes as soon as it hears the signal. */
const listen = (tab: Page) =>
  tab.run((url) => {
    const channel = new BroadcastChannel('refresh');
    (globalThis as Waiting).answer = new Promise((resolve, reject) => {
      channel.onmessage = () => {
        fetch(url, { method: 'POST', credentials: 'include' }).then(({ status }) => resolve(status), reject);
      };
    });
  }, `${world.url}/authentication/refresh`);

const signal = (tab: Page) => tab.run(() => new BroadcastChannel('refresh').postMessage('now'));

const answerOf = (tab: Page) => tab.run(() => (globalThis as Waiting).answer);

describe('two tabs', () => {
  inEveryBrowser(
    () => world,
    (it) => {
      it('that refresh at the same moment stay logged in, both of them', async ({ open }) => {
        const tabs = [await open(frontend), await open(frontend)] as const;
        await signUp(tabs[0], world.url);
        for (const tab of tabs) await listen(tab);
        await signal(tabs[0]);
        for (const tab of tabs) expect(await answerOf(tab)).toBe(204);
        for (const tab of tabs) expect(await call(tab, `${world.url}/authentication`)).toMatchObject({ status: 200 });
        const again = await call(tabs[1], `${world.url}/authentication/refresh`, { method: 'POST' });
        expect(again).toMatchObject({ status: 204 });
      });
    },
  );
});
