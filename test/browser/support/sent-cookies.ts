import type { Page } from '../browsers/browser.js';
import type { TestEnvironment } from '../environment/test-environment.js';
import { fetchFromPage } from './fetch-from-page.js';

/** The status of `GET /authentication` from this page, and the names of the cookies that the browser sent with it. */
export async function readSession(
  page: Page,
  { apiUrl, requests }: Pick<TestEnvironment, 'apiUrl' | 'requests'>,
): Promise<{ status: number | undefined; cookies: string[] }> {
  const { status } = await fetchFromPage(page, `${apiUrl}/authentication`);
  const { cookie = '' } = requests.findLast(({ method }) => method === 'GET')?.headers ?? {};
  return { status, cookies: [...cookie.matchAll(/([^;= ]+)=/g)].map(([, name = '']) => name).sort() };
}

export const loggedIn = { status: 200, cookies: ['__Host-Authentication', '__Host-Refresh'] };
export const loggedOut = { status: 401, cookies: [] };
