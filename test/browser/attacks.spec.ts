import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { ReceivedRequest } from './environment/reverse-proxy.js';
import { startTestEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { getRequests, unsafeRequests, type Attack } from './support/attacks.js';
import { waitUntil } from '../support/wait.js';
import { credentialsOf, fetchFromPage, jsonRequest, newUser, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryBrowser, type TestContext } from './support/in-every-browser.js';

const frontendUrl = 'https://app.example.com';
/** One on the same site, to which the browser sends the Lax cookies, and one on another site. */
const attackerUrls = ['https://evil.example.com', 'https://evil.example.net'];

let environment: TestEnvironment;
beforeAll(async () => {
  const hosts = [frontendUrl, ...attackerUrls].map((origin) => new URL(origin).host);
  environment = await startTestEnvironment(hosts, { variables: { FRONTEND_URL: frontendUrl } });
});
afterAll(() => environment.close());

/** A user logs in and creates a post. The attacker has an account too, and a page that opens in another tab of the user. */
async function prepareAttack({ open }: TestContext, attackerUrl: string) {
  const frontendPage = await open(frontendUrl);
  const user = newUser();
  await registerAndLogIn(frontendPage, environment.apiUrl, user);
  const newPost = jsonRequest('POST', { title: 'Mine', content: 'My words' });
  const { body } = await fetchFromPage(frontendPage, `${environment.apiUrl}/posts`, newPost);
  const attacker = newUser();
  const register = jsonRequest('POST', attacker);
  await fetchFromPage(frontendPage, `${environment.apiUrl}/authentication/register`, register);
  return { frontendPage, openAttackerPage: () => open(attackerUrl), user, attacker, post: body };
}

type Prepared = Awaited<ReturnType<typeof prepareAttack>>;

/** The same user is still logged in, and the posts are unchanged. */
async function expectNoChange({ frontendPage, user, post }: Prepared, postCount: number): Promise<void> {
  const get = (path: string) => fetchFromPage(frontendPage, `${environment.apiUrl}${path}`);
  expect(await get('/authentication')).toMatchObject({ status: 200, body: { email: user.email } });
  expect(await get(`/posts/${String(post.id)}`)).toMatchObject({ body: { title: 'Mine' } });
  expect(await get('/posts')).toMatchObject({ body: { count: postCount } });
}

/** Waits until the API has responded. The page that sent the request may be closed by then. */
async function waitForResponse(path: string, method: string): Promise<ReceivedRequest> {
  const find = () => environment.requests.find((each) => each.url === path && each.method === method && each.status);
  await waitUntil(
    () => find() !== undefined,
    () => `no ${method} ${path}`,
  );
  return find() as ReceivedRequest;
}

let counter = 0;
const withUniqueQuery = (path: string) => `${path}?attack=${String((counter += 1))}`;

/** In a new tab, because some attacks navigate away; and in a timer, because then the script cannot return a result. */
async function run({ openAttackerPage }: Prepared, attack: Pick<Attack, 'run'>, path: string, body: string) {
  const page = await openAttackerPage();
  await page.evaluate(
    (script, ...args) => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      setTimeout(() => void new Function(`return (${script})(...arguments)`)(...args));
    },
    String(attack.run),
    `${environment.apiUrl}${path}`,
    body,
  );
}

async function expectRefused(prepared: Prepared, target: { path: string; body: string }): Promise<void> {
  const { body: before } = await fetchFromPage(prepared.frontendPage, `${environment.apiUrl}/posts`);
  for (const attack of unsafeRequests) {
    const path = withUniqueQuery(target.path);
    await run(prepared, attack, path, target.body);
    const isPreflight = attack.response === 'preflight';
    const { status } = await waitForResponse(path, isPreflight ? 'OPTIONS' : 'POST');
    expect([attack.name, status]).toEqual([attack.name, 403]);
    if (isPreflight) expect(environment.requests.filter(({ url }) => url === path)).toHaveLength(1);
  }
  await expectNoChange(prepared, before.count);
}

describe.each(attackerUrls)('a page of %s', (attackerUrl) => {
  inEveryBrowser(
    () => environment,
    (it) => {
      it('cannot read', async (context) => {
        const { openAttackerPage } = await prepareAttack(context, attackerUrl);
        const page = await openAttackerPage();
        for (const path of ['/authentication', '/posts', '/nothing']) {
          const url = `${environment.apiUrl}${path}`;
          expect((await fetchFromPage(page, url)).error).toMatch(/^TypeError/);
          // Cross-Origin-Resource-Policy: the page does not even get an opaque response.
          expect((await fetchFromPage(page, url, { mode: 'no-cors' })).error).toMatch(/^TypeError/);
        }
      });

      it('cannot write', async (context) => {
        const body = JSON.stringify({ title: 'Theirs', content: 'A=B' });
        await expectRefused(await prepareAttack(context, attackerUrl), { path: '/posts', body });
      });

      it('cannot log the user in to the account of the attacker', async (context) => {
        const prepared = await prepareAttack(context, attackerUrl);
        const body = JSON.stringify(credentialsOf(prepared.attacker));
        await expectRefused(prepared, { path: '/authentication/log-in', body });
      });

      it('cannot log the user out', async (context) => {
        const prepared = await prepareAttack(context, attackerUrl);
        await expectRefused(prepared, { path: '/authentication/log-out', body: '{"a":"="}' });
      });

      it('changes nothing with GET', async (context) => {
        const prepared = await prepareAttack(context, attackerUrl);
        const { body: before } = await fetchFromPage(prepared.frontendPage, `${environment.apiUrl}/posts`);
        const paths = ['/authentication/log-out', '/authentication/log-in', `/posts/${String(prepared.post.id)}`];
        for (const attack of getRequests)
          for (const target of paths) {
            const path = withUniqueQuery(target);
            await run(prepared, attack, path, '');
            await waitForResponse(path, 'GET');
          }
        await expectNoChange(prepared, before.count);
      });
    },
  );
});
