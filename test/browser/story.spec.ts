import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startApi, type Api } from '../support/api.js';
import { call, json, newPerson, pairOf } from './cases/calls.js';
import { inEveryBrowser } from './cases/in-every-browser.js';
import type { Page } from './browsers/browser.js';
import { Internet } from './world/internet.js';
import { serve } from './world/port.js';
import { forwardTo, page } from './world/sites.js';

/** Register, log in, write, read, change, log out; afterwards a write is refused. */
async function live(tab: Page, api: string): Promise<void> {
  const person = newPerson();
  const category = { name: `Coffee of ${person.email}` };
  const as = (method: string, path: string, body?: unknown) =>
    call(tab, `${api}${path}`, body === undefined ? { method } : json(method, body));

  expect(await as('POST', '/authentication/register', person)).toMatchObject({ status: 201 });
  expect(await as('POST', '/authentication/log-in', pairOf(person))).toMatchObject({ status: 200 });
  expect(await as('GET', '/authentication')).toMatchObject({ status: 200, body: { email: person.email } });
  const { body } = await as('POST', '/categories', category);
  const post = { title: 'Hello', content: 'From a page', categoryIds: [body.id] };
  const created = await as('POST', '/posts', post);
  expect(created).toMatchObject({ status: 201, body: { title: 'Hello', categories: [category] } });
  const path = created.headers?.location ?? 'no Location';
  expect(await as('GET', path)).toMatchObject({ status: 200, body: { content: 'From a page' } });
  expect(await as('PATCH', path, { title: 'Hello again' })).toMatchObject({
    status: 200,
    body: { title: 'Hello again' },
  });
  expect(await as('POST', '/authentication/log-out')).toMatchObject({ status: 204 });
  expect(await as('PATCH', path, { title: 'Too late' })).toMatchObject({ status: 401 });
  expect(await as('GET', path)).toMatchObject({ body: { title: 'Hello again' } });
}

let api: Api;
let internet: Internet;
let closePorts: (() => Promise<void>)[];

describe('from http://localhost:5173 to http://localhost:3000', () => {
  beforeAll(async () => {
    api = await startApi();
    internet = await Internet.open();
    closePorts = [await serve(3000, forwardTo(api.port)), await serve(5173, page)];
  });
  afterAll(async () => {
    await Promise.all(closePorts.map((close) => close()));
    await internet.close();
    await api.close();
  });

  inEveryBrowser(
    () => internet.port,
    (it) => {
      it('a visitor lives a whole life', async ({ open }) => {
        await live(await open('http://localhost:5173'), 'http://localhost:3000');
      });
    },
  );
});
