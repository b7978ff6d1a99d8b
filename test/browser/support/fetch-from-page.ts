import { expect } from '@jest/globals';
import type { Page } from '../browsers/browser.js';

/** Options of `fetch` that can be sent to the page as JSON. */
export type FetchInit = Pick<RequestInit, 'method' | 'mode' | 'credentials' | 'cache'> & {
  headers?: Record<string, string>;
  body?: string;
};

/** What a script can read of the response, or the `error` that `fetch` threw. */
export interface FetchResult {
  status?: number;
  headers?: Record<string, string>;
  // Each test asserts the body it expects.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body?: any;
  error?: string;
}

/** Calls `fetch` in the page, with cookies. */
export function fetchFromPage(page: Page, url: string, init: FetchInit = {}): Promise<FetchResult> {
  return page.evaluate(
    async (input, options) => {
      try {
        const response = await fetch(input, { credentials: 'include', ...options });
        const text = await response.text();
        const headers = Object.fromEntries(response.headers);
        return {
          status: response.status,
          headers,
          body: headers['content-type']?.includes('json') ? JSON.parse(text) : text,
        };
      } catch (error) {
        return { error: String(error) };
      }
    },
    url,
    init,
  );
}

export const jsonRequest = (method: string, body: unknown): FetchInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** @returns the id @throws Error unless it is created */
export async function createItem(page: Page, url: string, body: object): Promise<number> {
  const response = await fetchFromPage(page, url, jsonRequest('POST', body));
  expect(response).toMatchObject({ status: 201 });
  return (response.body as { id: number }).id;
}

let counter = 0;

/** A user who is not registered yet. The password contains `=`, which separates name and value in a text/plain form. */
export function newUser(): { email: string; name: string; password: string } {
  return { email: `user-${String((counter += 1))}@example.com`, name: 'Ada', password: 'correct horse = battery' };
}

/** @returns the response to the log-in */
export async function registerAndLogIn(page: Page, apiUrl: string, user = newUser()): Promise<FetchResult> {
  await fetchFromPage(page, `${apiUrl}/authentication/register`, jsonRequest('POST', user));
  return fetchFromPage(page, `${apiUrl}/authentication/log-in`, jsonRequest('POST', credentialsOf(user)));
}

export function credentialsOf({ email, password }: { email: string; password: string }) {
  return { email, password };
}
