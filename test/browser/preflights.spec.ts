import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { call, json, newPerson, signUp } from './cases/calls.js';
import { inEveryBrowser } from './cases/in-every-browser.js';
import { openWorld, type World } from './world/world.js';

const frontend = 'https://app.example.com';

let world: World;
beforeAll(async () => {
  world = await openWorld(['app.example.com'], { environment: { FRONTEND_URL: frontend } });
});
beforeEach(() => void world.passed.splice(0));
afterAll(() => world.close());

/** What the API was sent, as `OPTIONS 204`. */
const sent = () => world.passed.map(({ method, status }) => `${method} ${String(status)}`);

describe('a preflight', () => {
  inEveryBrowser(
    () => world,
    (it) => {
      it('is not sent for simple requests', async ({ open }) => {
        const page = await open(frontend);
        await call(page, `${world.url}/posts`);
        await call(page, `${world.url}/posts`, { method: 'HEAD', headers: { Accept: 'application/json' } });
        await call(page, `${world.url}/authentication/log-out`, { method: 'POST' });
        await call(page, `${world.url}/posts`, { method: 'POST', body: 'a string is text/plain' });
        expect(sent()).toEqual(['GET 200', 'HEAD 200', 'POST 204', 'POST 415']);
      });

      it('is sent for JSON and for other methods, and remembered for the next request', async ({ open }) => {
        const page = await open(frontend);
        const register = () => call(page, `${world.url}/authentication/register`, json('POST', newPerson()));
        await register();
        await register();
        expect(sent()).toEqual(['OPTIONS 204', 'POST 201', 'POST 201']);
        world.passed.splice(0);
        await call(page, `${world.url}/posts/1`, { method: 'DELETE' });
        await call(page, `${world.url}/posts/1`, { method: 'DELETE' });
        expect(sent()).toEqual(['OPTIONS 204', 'DELETE 401', 'DELETE 401']);
      });

      it('carries no cookie', async ({ open }) => {
        const page = await open(frontend);
        await signUp(page, world.url);
        await call(page, `${world.url}/posts/1`, json('PATCH', {}));
        const last = world.passed.slice(-2);
        expect(last.map(({ method, headers }) => [method, headers.cookie !== undefined])).toEqual([
          ['OPTIONS', false],
          ['PATCH', true],
        ]);
      });

      it('is refused for X-PINGOTHER, and nothing else is sent', async ({ open }) => {
        const page = await open(frontend);
        const headers = { 'X-PINGOTHER': 'pingpong', 'Content-Type': 'application/xml' };
        const seen = await call(page, `${world.url}/posts`, { method: 'POST', headers, body: '<post/>' });
        expect(seen.error).toMatch(/TypeError/);
        expect(sent()).toEqual(['OPTIONS 403']);
      });

      it('is passed by application/xml, whose body is refused with a status that the page reads', async ({ open }) => {
        const page = await open(frontend);
        await signUp(page, world.url);
        world.passed.splice(0);
        const headers = { 'Content-Type': 'application/xml' };
        const seen = await call(page, `${world.url}/posts`, { method: 'POST', headers, body: '<post/>' });
        expect(seen).toMatchObject({ status: 415 });
        expect(sent()).toEqual(['OPTIONS 204', 'POST 415']);
      });

      it('is refused for a method that the path does not have', async ({ open }) => {
        const page = await open(frontend);
        expect(await call(page, `${world.url}/posts`, { method: 'DELETE' })).toHaveProperty('error');
        expect(sent()).toEqual(['OPTIONS 403']);
      });
    },
  );
});

describe('the headers of an answer', () => {
  inEveryBrowser(
    () => world,
    (it) => {
      it('are readable when they are exposed, and no others', async ({ open }) => {
        const page = await open(frontend);
        await signUp(page, world.url);
        const post = { title: 'A', content: 'B' };
        for (const body of [post, post]) {
          const { headers } = await call(page, `${world.url}/posts`, json('POST', body));
          expect(Object.keys(headers ?? {})).toEqual(expect.arrayContaining(['location', 'x-request-id']));
        }
        const { headers = {} } = await call(page, `${world.url}/posts?limit=1`);
        const exposed = ['content-length', 'content-type', 'etag', 'link', 'x-request-id'];
        expect(Object.keys(headers).sort()).toEqual(exposed);
      });
    },
  );
});
