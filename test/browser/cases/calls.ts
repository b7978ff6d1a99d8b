import type { Page } from '../browsers/browser.js';

/** What a page may put into `fetch`, as JSON. */
export type Sent = Pick<RequestInit, 'method' | 'mode' | 'credentials' | 'cache'> & {
  headers?: Record<string, string>;
  body?: string;
};

/** What a script of the page can see of the answer; `error` is what `fetch` threw instead. */
export interface Seen {
  status?: number;
  headers?: Record<string, string>;
  // What an answer holds is what a test asserts.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body?: any;
  error?: string;
}

/** `fetch`, by a script of this page, with the cookies. */
export function call(page: Page, url: string, sent: Sent = {}): Promise<Seen> {
  return page.run(
    async (address, init) => {
      try {
        const response = await fetch(address, { credentials: 'include', ...init });
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
    sent,
  );
}

export const json = (method: string, body: unknown): Sent => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

let counter = 0;

/** Nobody has registered this address before. The password has what a form puts between name and value. */
export function newPerson(): { email: string; name: string; password: string } {
  return { email: `visitor-${String((counter += 1))}@example.com`, name: 'Ada', password: 'correct horse = battery' };
}

/** Registers somebody and logs in. @returns the answer to the log-in */
export async function signUp(page: Page, api: string, person = newPerson()): Promise<Seen> {
  await call(page, `${api}/authentication/register`, json('POST', person));
  return call(page, `${api}/authentication/log-in`, json('POST', pairOf(person)));
}

/** What logs this person in. */
export function pairOf({ email, password }: { email: string; password: string }) {
  return { email, password };
}
