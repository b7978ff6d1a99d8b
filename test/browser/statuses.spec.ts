import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { takeDatabaseAway } from '../cross-origin/support/database-gone.js';
import { FailuresController } from '../cross-origin/support/failures.controller.js';
import { call, json, pairOf, newPerson, signUp, type Sent } from './cases/calls.js';
import { inEveryBrowser } from './cases/in-every-browser.js';
import { openWorld, type World } from './world/world.js';

const frontend = 'https://app.example.com';
const large = 'x'.repeat(1_100_000);
const noCategory = { title: 'A', content: 'B', categoryIds: [2_147_483_647] };

const errors = (): [status: number, cause: string, path: string, sent?: Sent][] => [
  [400, 'JSON that is none', '/posts', { ...json('POST', {}), body: '{' }],
  [401, 'a password that is wrong', '/authentication/log-in', json('POST', pairOf(newPerson()))],
  [403, 'a right that is missing', '/origins'],
  [404, 'a post that is not there', '/posts/2147483647'],
  [405, 'a method that the path does not have', '/posts/1', { method: 'POST' }],
  [409, 'a name that is taken', '/categories', json('POST', { name: 'Taken' })],
  [413, 'a body that is too large', '/posts', json('POST', { title: large })],
  [415, 'a body that is no JSON', '/posts', { method: 'POST', body: 'hello' }],
  [422, 'a category that is not there', '/posts', json('POST', noCategory)],
  [431, 'a header that is too long', '/posts', { headers: { 'X-Request-Id': 'x'.repeat(17_000) } }],
  [500, 'a mistake of the programmer', '/failures/error'],
];

let world: World;
beforeAll(async () => {
  const environment = { FRONTEND_URL: frontend, LOG_IN_ATTEMPTS: '2' };
  world = await openWorld(['app.example.com'], { environment, controllers: [FailuresController] });
});
afterAll(() => world.close());

describe('the page reads the true status of', () => {
  inEveryBrowser(
    () => world,
    (it) => {
      it('every error but two', async ({ open }) => {
        const page = await open(frontend);
        await signUp(page, world.url);
        await call(page, `${world.url}/categories`, json('POST', { name: 'Taken' }));
        for (const [status, cause, path, sent] of errors()) {
          const seen = await call(page, `${world.url}${path}`, sent);
          expect({ cause, ...seen }).toMatchObject({ cause, status, body: { status } });
        }
      });

      it('429 for too many attempts, and when to try again', async ({ open }) => {
        const page = await open(frontend);
        const pair = json('POST', pairOf(newPerson()));
        const attempt = () => call(page, `${world.url}/authentication/log-in`, pair);
        for (const status of [401, 401, 429]) expect(await attempt()).toMatchObject({ status });
        const { headers } = await attempt();
        expect(Number(headers?.['retry-after'])).toBeGreaterThan(0);
      });

      it('503 while the database is away', async ({ open }) => {
        const page = await open(frontend);
        const bringBack = await takeDatabaseAway(world.api);
        try {
          const seen = await call(page, `${world.url}/posts`);
          expect(seen).toMatchObject({ status: 503, body: { status: 503 } });
        } finally {
          await bringBack();
        }
        expect(await call(page, `${world.url}/posts`)).toMatchObject({ status: 200 });
      });
    },
  );
});
