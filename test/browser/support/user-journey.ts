import { expect } from '@jest/globals';
import type { Page } from '../browsers/browser.js';
import { credentialsOf, fetchFromPage, jsonRequest, newUser } from './fetch-from-page.js';

/** Registers, logs in, creates, reads and updates a post, and logs out. Afterwards an update is refused. */
export async function completeUserJourney(page: Page, apiUrl: string): Promise<void> {
  const user = newUser();
  const category = { name: `Coffee of ${user.email}` };
  const send = (method: string, path: string, body?: unknown) =>
    fetchFromPage(page, `${apiUrl}${path}`, body === undefined ? { method } : jsonRequest(method, body));

  expect(await send('POST', '/authentication/register', user)).toMatchObject({ status: 201 });
  expect(await send('POST', '/authentication/log-in', credentialsOf(user))).toMatchObject({ status: 200 });
  expect(await send('GET', '/authentication')).toMatchObject({ status: 200, body: { email: user.email } });
  const { body } = await send('POST', '/categories', category);
  const post = { title: 'Hello', content: 'From a page', categoryIds: [body.id] };
  const created = await send('POST', '/posts', post);
  expect(created).toMatchObject({ status: 201, body: { title: 'Hello', categories: [category] } });
  const path = created.headers?.location ?? 'no Location';
  const updateTitle = (title: string) => send('PATCH', path, { title });
  expect(await send('GET', path)).toMatchObject({ status: 200, body: { content: 'From a page' } });
  expect(await updateTitle('Hello again')).toMatchObject({ status: 200, body: { title: 'Hello again' } });
  expect(await send('POST', '/authentication/log-out')).toMatchObject({ status: 204 });
  expect(await updateTitle('Too late')).toMatchObject({ status: 401 });
  expect(await send('GET', path)).toMatchObject({ body: { title: 'Hello again' } });
}
