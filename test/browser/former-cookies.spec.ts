import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { tokenOf } from '../support/cookies.js';
import { createUser, password, type Session } from '../support/users.js';
import type { Page } from './browsers/browser.js';
import { startTestEnvironment, type TestEnvironment } from './environment/test-environment.js';
import { fetchFromPage, jsonRequest } from './support/fetch-from-page.js';
import { inEveryBrowser, type TestContext } from './support/in-every-browser.js';
import { loggedIn, loggedOut, readSession } from './support/sent-cookies.js';
import { dropsCookies } from './support/simulated-cookies.js';
import { SetCookiesController } from './support/set-cookies.controller.js';

const [sameSite, crossSite] = ['https://app.example.com', 'https://app.example.org'];
const [lax, partitioned] = ['Secure; SameSite=Lax', 'Secure; SameSite=None; Partitioned'];

/** Up to version 0.1, the attributes followed from the whole of FRONTEND_URL: every page had the same. */
const formerCookies = [
  { page: sameSite, kind: lax },
  { page: sameSite, kind: partitioned },
  { page: crossSite, kind: partitioned },
];

let environment: TestEnvironment;
beforeAll(async () => {
  const pages = [sameSite, crossSite];
  environment = await startTestEnvironment(
    pages.map((origin) => new URL(origin).host),
    { variables: { FRONTEND_URL: pages.join(',') }, controllers: [SetCookiesController] },
  );
});
afterAll(() => environment.close());

const post = (page: Page, path: string, body?: unknown) =>
  fetchFromPage(page, environment.apiUrl + path, jsonRequest('POST', body));
const refresh = (page: Page) => post(page, '/authentication/refresh');
const logIn = (page: Page, email: string) => post(page, '/authentication/log-in', { email, password });
const logOut = (page: Page) => post(page, '/authentication/log-out');
const write = (page: Page) => post(page, '/posts', { title: 'Written', content: 'With a former cookie' });

/** Sets the cookies of a session as version 0.1 did. */
async function setFormerCookies(page: Page, { access, refresh }: Session, kind: string): Promise<void> {
  const cookies = [
    `${access}; Max-Age=86400; Path=/; HttpOnly; ${kind}`,
    `__Secure-Refresh=${tokenOf(refresh)}; Max-Age=86400; Path=/authentication; HttpOnly; ${kind}`,
  ];
  const query = new URLSearchParams(cookies.map((cookie) => ['cookie', cookie]));
  await fetchFromPage(page, `${environment.apiUrl}/set-cookies?${query.toString()}`);
}

const ways = [
  { title: 'a refresh', run: refresh, left: loggedIn },
  { title: 'a log-in', run: logIn, left: loggedIn },
  { title: 'a log-out', run: logOut, left: loggedOut },
];

describe('with the cookies of version 0.1', () => {
  inEveryBrowser(
    () => environment,
    (it) => {
      for (const { page, kind } of formerCookies)
        for (const { title, run, left } of ways)
          it(`(${kind}), ${title} on ${page} leaves only those of today`, async ({ open, browser }) => {
            const tab = await open(page);
            const { email, session } = await createUser(environment.api);
            await setFormerCookies(tab, session, kind);
            const drops = dropsCookies(environment.apiUrl, page, browser);
            const former = { status: 200, cookies: ['__Host-Authentication', '__Secure-Refresh'] };
            expect(await readSession(tab, environment)).toEqual(drops ? loggedOut : former);
            expect((await write(tab)).status).toBe(drops ? 401 : 201);
            await run(tab, email);
            const expected = drops ? loggedOut : left;
            expect(await readSession(tab, environment)).toEqual(expected);
            expect((await write(tab)).status).toBe(expected === loggedIn ? 201 : 401);
          });
    },
  );
});

describe('with both kinds of them, as a change of FRONTEND_URL left them', () => {
  /** Opens a page of the same site. Chromium and Firefox send it both kinds; WebKit knows one, and keeps the last. */
  async function openWithBothKinds({ open, browser }: TestContext) {
    const tab = await open(sameSite);
    const { email, session } = await createUser(environment.api);
    for (const kind of [lax, partitioned]) await setFormerCookies(tab, session, kind);
    const sendsBoth = browser !== 'WebKit';
    const cookies = ['__Host-Authentication', '__Secure-Refresh'].flatMap((name) =>
      sendsBoth ? [name, name] : [name],
    );
    expect(await readSession(tab, environment)).toEqual({ status: sendsBoth ? 400 : 200, cookies });
    return { tab, email, sendsBoth };
  }

  inEveryBrowser(
    () => environment,
    (it) => {
      it('a refresh is refused, because it cannot know which session is meant', async (context) => {
        const { tab, sendsBoth } = await openWithBothKinds(context);
        const { status, body } = await refresh(tab);
        expect(status).toBe(sendsBoth ? 400 : 204);
        if (sendsBoth) expect(body.detail).toMatch(/was sent twice\. Log in again: that corrects it\.$/);
      });

      it('a log-in corrects them', async (context) => {
        const { tab, email } = await openWithBothKinds(context);
        await logIn(tab, email);
        expect(await readSession(tab, environment)).toEqual(loggedIn);
        expect((await refresh(tab)).status).toBe(204);
        expect((await write(tab)).status).toBe(201);
        await logOut(tab);
        expect(await readSession(tab, environment)).toEqual(loggedOut);
      });

      it('a log-out removes them', async (context) => {
        const { tab } = await openWithBothKinds(context);
        await logOut(tab);
        expect(await readSession(tab, environment)).toEqual(loggedOut);
      });
    },
  );
});
