import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { call, json, newPerson, pairOf, signUp } from './cases/calls.js';
import { inEveryBrowser, type Stage } from './cases/in-every-browser.js';
import { getting, writing, type Trick } from './cases/tricks.js';
import type { Passed } from './world/sites.js';
import { openWorld, type World } from './world/world.js';

const frontend = 'https://app.example.com';
/** A sibling, to which the browser does send the Lax cookies along, and a stranger. */
const attackers = ['https://evil.example.com', 'https://evil.example.net'];

let world: World;
beforeAll(async () => {
  const hosts = [frontend, ...attackers].map((origin) => new URL(origin).host);
  world = await openWorld(hosts, { environment: { FRONTEND_URL: frontend } });
});
afterAll(() => world.close());

/** A visitor who is logged in, has written a post, and then opens the attacker's page in another tab. */
async function lure({ open }: Stage, attacker: string) {
  const ours = await open(frontend);
  const person = newPerson();
  await signUp(ours, world.url, person);
  const { body } = await call(ours, `${world.url}/posts`, json('POST', { title: 'Mine', content: 'My words' }));
  const theirs = () => open(attacker);
  const mallory = newPerson();
  await call(ours, `${world.url}/authentication/register`, json('POST', mallory));
  return { ours, theirs, person, mallory, post: body };
}

type Lured = Awaited<ReturnType<typeof lure>>;

/** The visitor is still who they were, and what is written is what was written. */
async function expectNothingChanged({ ours, person, post }: Lured, posts: number): Promise<void> {
  const session = await call(ours, `${world.url}/authentication`);
  expect(session).toMatchObject({ status: 200, body: { email: person.email } });
  expect(await call(ours, `${world.url}/posts/${String(post.id)}`)).toMatchObject({ body: { title: 'Mine' } });
  expect(await call(ours, `${world.url}/posts`)).toMatchObject({ body: { count: posts } });
}

/** Waits until the API has answered. The page that sent it may be gone. */
async function answered(path: string, method: string): Promise<Passed> {
  const find = () => world.passed.find((each) => each.url === path && each.method === method && each.status);
  for (let waited = 0; waited < 10_000; waited += 20) {
    const found = find();
    if (found) return found;
    await delay(20);
  }
  throw new Error(`${method} ${path} was never sent`);
}

let counter = 0;
const marked = (path: string) => `${path}?trick=${String((counter += 1))}`;

/** In a tab of its own, as some tricks lead away from the page; started from a timer, as no page could tell when it is over. */
async function perform({ theirs }: Lured, trick: Pick<Trick, 'run'>, [path, body]: [string, string]): Promise<void> {
  const page = await theirs();
  await page.run(
    (script, ...args) => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      setTimeout(() => void new Function(`return (${script})(...arguments)`)(...args));
    },
    String(trick.run),
    `${world.url}${path}`,
    body,
  );
}

async function expectRefused(lured: Lured, aim: { path: string; body: string }): Promise<void> {
  const { body: before } = await call(lured.ours, `${world.url}/posts`);
  for (const trick of writing) {
    const path = marked(aim.path);
    await perform(lured, trick, [path, aim.body]);
    const isPreflight = trick.answer === 'preflight';
    const { status } = await answered(path, isPreflight ? 'OPTIONS' : 'POST');
    expect([trick.name, status]).toEqual([trick.name, 403]);
    if (isPreflight) expect(world.passed.filter(({ url }) => url === path)).toHaveLength(1);
  }
  await expectNothingChanged(lured, before.count);
}

describe.each(attackers)('a page of %s', (attacker) => {
  inEveryBrowser(
    () => world,
    (it) => {
      it('cannot read', async (stage) => {
        const theirs = await (await lure(stage, attacker)).theirs();
        for (const path of ['/authentication', '/posts', '/nothing']) {
          expect((await call(theirs, `${world.url}${path}`)).error).toMatch(/^TypeError/);
          // Cross-Origin-Resource-Policy: not even an answer that could not be looked into.
          expect((await call(theirs, `${world.url}${path}`, { mode: 'no-cors' })).error).toMatch(/^TypeError/);
        }
      });

      it('cannot write', async (stage) => {
        const body = JSON.stringify({ title: 'Theirs', content: 'A=B' });
        await expectRefused(await lure(stage, attacker), { path: '/posts', body });
      });

      it('cannot log the visitor in as somebody else', async (stage) => {
        const lured = await lure(stage, attacker);
        const body = JSON.stringify(pairOf(lured.mallory));
        await expectRefused(lured, { path: '/authentication/log-in', body });
      });

      it('cannot log the visitor out', async (stage) => {
        const lured = await lure(stage, attacker);
        await expectRefused(lured, { path: '/authentication/log-out', body: '{"a":"="}' });
      });

      it('changes nothing by GET', async (stage) => {
        const lured = await lure(stage, attacker);
        const { body: before } = await call(lured.ours, `${world.url}/posts`);
        for (const trick of getting)
          for (const aim of ['/authentication/log-out', '/authentication/log-in', `/posts/${String(lured.post.id)}`]) {
            const path = marked(aim);
            await perform(lured, trick, [path, '']);
            await answered(path, 'GET');
          }
        await expectNothingChanged(lured, before.count);
      });
    },
  );
});
