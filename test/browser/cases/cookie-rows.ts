import type { Passed } from '../world/sites.js';
import { call } from './calls.js';
import type { Stage } from './in-every-browser.js';

/** One line of `docs/browsers.md`. */
export interface CookieRow {
  page: string;
  server: string;
  what: string;
  measure: (stage: Stage, passed: Passed[]) => Promise<string>;
}

const [local, site, stranger] = ['http://localhost:3000', 'https://api.example.com', 'https://app.example.org'];
const [lax, none] = ['HttpOnly; SameSite=Lax', 'HttpOnly; Secure; SameSite=None'];

/** What the API sends, what one might try instead, and what else matters about it. */
export const cookieRows: CookieRow[] = [
  sent('http://localhost:5173', local, lax),
  sent('http://localhost:5173', local, `Secure; ${lax}`),
  sent('http://localhost:5173', local, 'HttpOnly; SameSite=None'),
  sent('http://127.0.0.1:5173', local, lax),
  sent('https://app.example.com', site, `Secure; ${lax}`),
  sent('https://app.example.com', site, `${none}; Partitioned`),
  sent('https://app.example.test', 'https://api.example.test', `Secure; ${lax}`),
  sent(stranger, site, `Secure; ${lax}`),
  sent(stranger, site, none),
  sent(stranger, site, `${none}; Partitioned`),
  cleared(`${none}; Partitioned`, `${none}; Partitioned`),
  cleared(`${none}; Partitioned`, none),
  {
    page: stranger,
    server: site,
    what: `\`${none}; Partitioned\`, set from \`https://app.example.net\``,
    measure: async (stage) => {
      await set(stage, 'https://app.example.net', site, `a=1; Path=/; ${none}; Partitioned`);
      return toSent(await read(stage, stranger, site));
    },
  },
  {
    page: stranger,
    server: site,
    what: `\`${none}; Partitioned\`, set by a visit to the server itself`,
    measure: async (stage) => {
      await stage.open(setting(site, `a=1; Path=/; ${none}; Partitioned`));
      return toSent(await read(stage, stranger, site));
    },
  },
  navigated('a link', 'GET'),
  navigated('a form that posts', 'POST'),
];

function sent(page: string, server: string, attributes: string): CookieRow {
  const what = `\`${attributes}\``;
  const measure = async (stage: Stage) => {
    await set(stage, page, server, `a=1; Path=/; ${attributes}`);
    return toSent(await read(stage, page, server));
  };
  return { page, server, what, measure };
}

function cleared(attributes: string, clearing: string): CookieRow {
  const what = `\`${attributes}\`, cleared with \`${clearing}\``;
  const measure = async (stage: Stage) => {
    await set(stage, stranger, site, `a=1; Path=/; ${attributes}`);
    if ((await read(stage, stranger, site)) === '') return 'was not kept';
    await set(stage, stranger, site, `a=; Path=/; Max-Age=0; ${clearing}`);
    return (await read(stage, stranger, site)) === '' ? 'cleared' : '**stays**';
  };
  return { page: stranger, server: site, what, measure };
}

/** Chromium sends a new cookie without SameSite along with a POST; this one says Lax. */
function navigated(how: string, method: 'GET' | 'POST'): CookieRow {
  const what = `\`Secure; ${lax}\`, and ${how} from a foreign page`;
  const measure = async (stage: Stage, passed: Passed[]) => {
    await stage.open(setting(site, `a=1; Path=/; Secure; ${lax}`));
    const page = await stage.open(stranger);
    const arrived = new Promise<Passed>((resolve) => {
      const push = passed.push.bind(passed);
      passed.push = (each) => {
        if (each.url.startsWith('/navigated')) resolve(each);
        return push(each);
      };
    });
    await page.run(
      (url, formMethod) => {
        document.body.innerHTML = `<form method="${formMethod}" action="${url}/navigated"></form>`;
        setTimeout(() => document.forms[0]?.submit());
      },
      site,
      method,
    );
    return toSent((await arrived).headers.cookie ?? '');
  };
  return { page: stranger, server: site, what, measure };
}

const setting = (server: string, cookie: string) => `${server}/set?cookie=${encodeURIComponent(cookie)}`;

async function set({ open }: Stage, page: string, server: string, cookie: string): Promise<void> {
  await call(await open(page), setting(server, cookie));
}

async function read({ open }: Stage, page: string, server: string): Promise<string> {
  const { body, error } = await call(await open(page), server);
  if (error !== undefined) throw new Error(error);
  return body as string;
}

const toSent = (cookie: string) => (cookie === '' ? '**dropped**' : 'sent');
