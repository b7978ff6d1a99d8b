import type { ReceivedRequest } from '../environment/reverse-proxy.js';
import { fetchFromPage } from './fetch-from-page.js';
import type { TestContext } from './in-every-browser.js';

/** One row of the table in `docs/browsers.md`. */
export interface CookieCase {
  page: string;
  server: string;
  cookie: string;
  measure: (context: TestContext, requests: ReceivedRequest[]) => Promise<string>;
}

const [localServer, server] = ['http://localhost:3000', 'https://api.example.com'];
const [sameSite, otherSite] = ['https://app.example.com', 'https://app.example.org'];
const [lax, none] = ['HttpOnly; SameSite=Lax', 'HttpOnly; Secure; SameSite=None'];

/** The cookies of the API, and others for comparison. */
export const cookieCases: CookieCase[] = [
  sentBack('http://localhost:5173', localServer, lax),
  sentBack('http://localhost:5173', localServer, `Secure; ${lax}`),
  sentBack('http://localhost:5173', localServer, 'HttpOnly; SameSite=None'),
  sentBack('http://127.0.0.1:5173', localServer, lax),
  sentBack(sameSite, server, `Secure; ${lax}`),
  sentBack(sameSite, server, `${none}; Partitioned`),
  sentBack('https://app.example.test', 'https://api.example.test', `Secure; ${lax}`),
  sentBack(otherSite, server, `Secure; ${lax}`),
  sentBack(otherSite, server, none),
  sentBack(otherSite, server, `${none}; Partitioned`),
  cleared(`${none}; Partitioned`, `${none}; Partitioned`),
  cleared(`${none}; Partitioned`, none),
  {
    page: otherSite,
    server,
    cookie: `\`${none}; Partitioned\`, set from \`https://app.example.net\``,
    measure: async (context) => {
      await setCookie(context, 'https://app.example.net', server, `a=1; Path=/; ${none}; Partitioned`);
      return sentOrDropped(await readCookie(context, otherSite, server));
    },
  },
  {
    page: otherSite,
    server,
    cookie: `\`${none}; Partitioned\`, set by a visit to the server itself`,
    measure: async (context) => {
      await context.open(setCookieUrl(server, `a=1; Path=/; ${none}; Partitioned`));
      return sentOrDropped(await readCookie(context, otherSite, server));
    },
  },
  {
    page: sameSite,
    server,
    cookie: `\`Secure; ${lax}\`, and then \`${none}; Partitioned\``,
    measure: async (context) => {
      await setCookie(context, sameSite, server, `a=1; Path=/; Secure; ${lax}`);
      await setCookie(context, sameSite, server, `a=2; Path=/; ${none}; Partitioned`);
      const cookie = await readCookie(context, sameSite, server);
      return cookie === 'a=2' ? 'the second is sent' : cookie === 'a=1; a=2' ? '**both are sent**' : cookie;
    },
  },
  {
    page: sameSite,
    server,
    cookie: `\`Secure; ${lax}\`, cleared with \`${none}\` from \`${otherSite}\``,
    measure: async (context) => {
      await setCookie(context, sameSite, server, `a=1; Path=/; Secure; ${lax}`);
      await setCookie(context, otherSite, server, `a=; Path=/; Max-Age=0; ${none}`);
      return (await readCookie(context, sameSite, server)) === '' ? '**cleared**' : 'not cleared';
    },
  },
  navigated('a link', 'GET'),
  navigated('a form with POST', 'POST'),
];

function sentBack(page: string, host: string, attributes: string): CookieCase {
  const cookie = `\`${attributes}\``;
  const measure = async (context: TestContext) => {
    await setCookie(context, page, host, `a=1; Path=/; ${attributes}`);
    return sentOrDropped(await readCookie(context, page, host));
  };
  return { page, server: host, cookie, measure };
}

function cleared(attributes: string, clearingAttributes: string): CookieCase {
  const cookie = `\`${attributes}\`, cleared with \`${clearingAttributes}\``;
  const measure = async (context: TestContext) => {
    await setCookie(context, otherSite, server, `a=1; Path=/; ${attributes}`);
    if ((await readCookie(context, otherSite, server)) === '') return 'was not stored';
    await setCookie(context, otherSite, server, `a=; Path=/; Max-Age=0; ${clearingAttributes}`);
    return (await readCookie(context, otherSite, server)) === '' ? 'cleared' : '**not cleared**';
  };
  return { page: otherSite, server, cookie, measure };
}

/** With an explicit `SameSite=Lax`: Chromium sends a new cookie without `SameSite` even with a cross-site POST. */
function navigated(element: string, method: 'GET' | 'POST'): CookieCase {
  const cookie = `\`Secure; ${lax}\`, and ${element} on a page of another site`;
  const measure = async (context: TestContext, requests: ReceivedRequest[]) => {
    await context.open(setCookieUrl(server, `a=1; Path=/; Secure; ${lax}`));
    const page = await context.open(otherSite);
    const received = new Promise<ReceivedRequest>((resolve) => {
      const push = requests.push.bind(requests);
      requests.push = (request) => {
        if (request.url.startsWith('/navigated')) resolve(request);
        return push(request);
      };
    });
    await page.evaluate(
      (url, formMethod) => {
        document.body.innerHTML = `<form method="${formMethod}" action="${url}/navigated"></form>`;
        setTimeout(() => document.forms[0]?.submit());
      },
      server,
      method,
    );
    return sentOrDropped((await received).headers.cookie ?? '');
  };
  return { page: otherSite, server, cookie, measure };
}

const setCookieUrl = (host: string, cookie: string) => `${host}/set?cookie=${encodeURIComponent(cookie)}`;

async function setCookie({ open }: TestContext, page: string, host: string, cookie: string): Promise<void> {
  await fetchFromPage(await open(page), setCookieUrl(host, cookie));
}

async function readCookie({ open }: TestContext, page: string, host: string): Promise<string> {
  const { body, error } = await fetchFromPage(await open(page), host);
  if (error !== undefined) throw new Error(error);
  return body as string;
}

const sentOrDropped = (cookie: string) => (cookie === '' ? '**dropped**' : 'sent');
