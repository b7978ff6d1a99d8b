import { expect } from '@jest/globals';
import type { Page } from '../browsers/browser.js';
import { call, json, newPerson, pairOf } from './calls.js';

/** Register, log in, write, read, change, log out; afterwards a write is refused. */
export async function live(page: Page, api: string): Promise<void> {
  const person = newPerson();
  const category = { name: `Coffee of ${person.email}` };
  const as = (method: string, path: string, body?: unknown) =>
    call(page, `${api}${path}`, body === undefined ? { method } : json(method, body));

  expect(await as('POST', '/authentication/register', person)).toMatchObject({ status: 201 });
  expect(await as('POST', '/authentication/log-in', pairOf(person))).toMatchObject({ status: 200 });
  expect(await as('GET', '/authentication')).toMatchObject({ status: 200, body: { email: person.email } });
  const { body } = await as('POST', '/categories', category);
  const post = { title: 'Hello', content: 'From a page', categoryIds: [body.id] };
  const created = await as('POST', '/posts', post);
  expect(created).toMatchObject({ status: 201, body: { title: 'Hello', categories: [category] } });
  const path = created.headers?.location ?? 'no Location';
  const change = (title: string) => as('PATCH', path, { title });
  expect(await as('GET', path)).toMatchObject({ status: 200, body: { content: 'From a page' } });
  expect(await change('Hello again')).toMatchObject({ status: 200, body: { title: 'Hello again' } });
  expect(await as('POST', '/authentication/log-out')).toMatchObject({ status: 204 });
  expect(await change('Too late')).toMatchObject({ status: 401 });
  expect(await as('GET', path)).toMatchObject({ body: { title: 'Hello again' } });
}
