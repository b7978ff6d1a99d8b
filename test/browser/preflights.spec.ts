import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { startTestEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { fetchFromPage, jsonRequest, newUser, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser } from './support/in-every-browser.js';

const frontendUrl = 'https://app.example.com';

let environment: TestEnvironment;
beforeAll(async () => {
  environment = await startTestEnvironment(['app.example.com'], { variables: { FRONTEND_URL: frontendUrl } });
});
beforeEach(() => void environment.requests.splice(0));
afterAll(() => environment.close());

/** The requests to the API, for example `OPTIONS 204`. */
const receivedRequests = () => environment.requests.map(({ method, status }) => `${method} ${String(status)}`);

describe('a preflight', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('is not sent for simple requests', async ({ open }) => {
        const page = await open(frontendUrl);
        await fetchFromPage(page, `${environment.apiUrl}/posts`);
        await fetchFromPage(page, `${environment.apiUrl}/posts`, {
          method: 'HEAD',
          headers: { Accept: 'application/json' },
        });
        await fetchFromPage(page, `${environment.apiUrl}/authentication/log-out`, { method: 'POST' });
        await fetchFromPage(page, `${environment.apiUrl}/posts`, { method: 'POST', body: 'a string is text/plain' });
        expect(receivedRequests()).toEqual(['GET 200', 'HEAD 200', 'POST 204', 'POST 415']);
      });

      it('is sent for JSON and for other methods, and cached for the next request', async ({ open }) => {
        const page = await open(frontendUrl);
        const register = () =>
          fetchFromPage(page, `${environment.apiUrl}/authentication/register`, jsonRequest('POST', newUser()));
        await register();
        await register();
        expect(receivedRequests()).toEqual(['OPTIONS 204', 'POST 201', 'POST 201']);
        environment.requests.splice(0);
        await fetchFromPage(page, `${environment.apiUrl}/posts/1`, { method: 'DELETE' });
        await fetchFromPage(page, `${environment.apiUrl}/posts/1`, { method: 'DELETE' });
        expect(receivedRequests()).toEqual(['OPTIONS 204', 'DELETE 401', 'DELETE 401']);
      });

      it('has no cookie', async ({ open }) => {
        const page = await open(frontendUrl);
        await registerAndLogIn(page, environment.apiUrl);
        await fetchFromPage(page, `${environment.apiUrl}/posts/1`, jsonRequest('PATCH', {}));
        const last = environment.requests.slice(-2);
        expect(last.map(({ method, headers }) => [method, headers.cookie !== undefined])).toEqual([
          ['OPTIONS', false],
          ['PATCH', true],
        ]);
      });

      it('is refused for X-PINGOTHER, and the request itself is not sent', async ({ open }) => {
        const page = await open(frontendUrl);
        const headers = { 'X-PINGOTHER': 'pingpong', 'Content-Type': 'application/xml' };
        const result = await fetchFromPage(page, `${environment.apiUrl}/posts`, {
          method: 'POST',
          headers,
          body: '<post/>',
        });
        expect(result.error).toMatch(/TypeError/);
        expect(receivedRequests()).toEqual(['OPTIONS 204']);
      });

      it('allows application/xml, which is then refused with a status that the page can read', async ({ open }) => {
        const page = await open(frontendUrl);
        await registerAndLogIn(page, environment.apiUrl);
        environment.requests.splice(0);
        const headers = { 'Content-Type': 'application/xml' };
        const result = await fetchFromPage(page, `${environment.apiUrl}/posts`, {
          method: 'POST',
          headers,
          body: '<post/>',
        });
        expect(result).toMatchObject({ status: 415 });
        expect(receivedRequests()).toEqual(['OPTIONS 204', 'POST 415']);
      });

      it('is refused for a method that the path does not support', async ({ open }) => {
        const page = await open(frontendUrl);
        expect(await fetchFromPage(page, `${environment.apiUrl}/posts`, { method: 'DELETE' })).toHaveProperty('error');
        expect(receivedRequests()).toEqual(['OPTIONS 403']);
      });
    },
  );
});

describe('the headers of a response', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('are readable only when they are exposed', async ({ open }) => {
        const page = await open(frontendUrl);
        await registerAndLogIn(page, environment.apiUrl);
        const post = { title: 'A', content: 'B' };
        for (const body of [post, post]) {
          const { headers } = await fetchFromPage(page, `${environment.apiUrl}/posts`, jsonRequest('POST', body));
          expect(Object.keys(headers ?? {})).toEqual(expect.arrayContaining(['location', 'x-request-id']));
        }
        const { headers = {} } = await fetchFromPage(page, `${environment.apiUrl}/posts?limit=1`);
        const exposed = ['cache-control', 'content-length', 'content-type', 'etag', 'link', 'x-request-id'];
        expect(Object.keys(headers).sort()).toEqual(exposed);
      });
    },
  );
});
