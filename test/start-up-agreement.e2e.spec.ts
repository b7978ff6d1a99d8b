import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPage } from '../browser-verdict/src/page/open-page.js';
import { browserNames, browsers, type BrowserName } from '../browser-verdict/src/index.js';
import { simulateLogIn } from '../src/origin-rules/simulated-log-in.js';
import { siteWarnings } from '../src/origin-rules/site-warnings.js';
import { parseCrossOriginVariables } from '../src/origin-rules/start-up-check.js';
import { startApi, type Api } from './support/api.js';
import { password } from './support/users.js';

const apiUrls = [
  'https://api.example.com',
  'https://example.com',
  'https://example.com:8443',
  'https://api.example.org',
  'https://api.example.co.uk',
  'https://my-api.vercel.app',
  'https://api.my-app.vercel.app',
  'https://ada.github.io',
  'https://xn--bcher-kva.example',
  'https://10.0.0.1',
  'https://localhost:3000',
  'http://localhost:3000',
  'http://localhost',
  'http://127.0.0.1:3000',
  'http://[::1]:3000',
  'http://api.app.localhost:3000',
  'http://api.example.com',
  'http://api.example.org',
  'http://192.168.1.5:3000',
  'http://my-laptop:3000',
];
const frontends = [
  'https://app.example.com',
  'https://example.com',
  'https://example.com:8443',
  'https://evilexample.com',
  'https://app.example.org',
  'https://app.example.co.uk',
  'https://other.co.uk',
  'https://my-app.vercel.app',
  'https://www.my-app.vercel.app',
  'https://tomas.github.io',
  'https://www.xn--bcher-kva.example',
  'https://10.0.0.1:8443',
  'https://localhost:5173',
  'http://localhost:5173',
  'http://localhost:3000',
  'http://127.0.0.1:5173',
  'http://[::1]:5173',
  'http://app.localhost:5173',
  'http://app.example.com',
  'http://example.com',
  'http://app.example.org',
  'http://192.168.1.5:5173',
  'http://192.168.1.6',
  'http://my-laptop:5173',
];

/** The code in the message of the start, for example `mixed-content`; undefined: the API starts. */
function refusalOf(apiUrl: string, frontend: string): string | undefined {
  const { mistakes } = parseCrossOriginVariables({ API_URL: apiUrl, FRONTEND_URL: frontend });
  return mistakes.map((line) => /\[([\w-]+)\]$/.exec(line)?.[1] ?? line).join() || undefined;
}

/** What a simulated browser says where the start says this: the codes of its verdicts. */
const reasonsFor: Record<string, string[]> = {
  'mixed-content': ['mixed-content'],
  'loopback-mismatch': ['SameSiteLax', 'ThirdPartyBlocked'],
  'cross-site-over-http': ['SameSiteLax', 'ThirdPartyBlocked'],
};

const credentials = { email: 'ada@example.com', password };

/** A page logs in at the real API, writes, logs out and writes again, in this browser. */
async function visit(api: Api, apiUrl: string, frontend: string, browser: BrowserName) {
  const page = openPage(frontend, { browser, servers: { [new URL(apiUrl).origin]: api.app } });
  const post = async (path: string, body?: object) => {
    const headers = { 'Content-Type': 'application/json' };
    const init = { method: 'POST', credentials: 'include' as const, headers, body: JSON.stringify(body ?? {}) };
    return (await page.fetch(apiUrl + path, init)).status;
  };
  const post1 = { title: 'Hello', content: 'From another origin' };
  const statuses = [
    await post('/authentication/log-in', credentials),
    await post('/posts', post1),
    await post('/authentication/log-out'),
    await post('/posts', post1),
  ];
  const blocked = page.verdicts.flatMap(({ cookies }) => cookies.blocked.flatMap(({ explained }) => explained));
  return { statuses, reason: blocked[0]?.code };
}

/** Whether the warnings of the start say that pages do not stay logged in in this browser. */
const isWarnedOf = (apiUrl: string, frontend: string, browser: BrowserName) =>
  siteWarnings(new URL(apiUrl), [frontend], { production: false }).some((line) =>
    line.startsWith(`${browsers[browser].title}, on pages of ${frontend}: `),
  );

it('the grid has at least 400 pairs', () => {
  expect(apiUrls.length * frontends.length).toBeGreaterThanOrEqual(400);
});

describe.each(apiUrls)('with API_URL=%s', (apiUrl) => {
  const accepted = frontends.filter((frontend) => refusalOf(apiUrl, frontend) === undefined);
  const refused = frontends.filter((frontend) => !accepted.includes(frontend));

  let api: Api | undefined;
  beforeAll(async () => {
    if (accepted.length === 0) return;
    api = await startApi({ API_URL: apiUrl, FRONTEND_URL: accepted.join(',') });
    await api.request.post('/authentication/register').send({ ...credentials, name: 'Ada' }).expect(201); // prettier-ignore
  });
  afterAll(() => api?.close());

  if (accepted.length > 0)
    it.each(accepted)('%s logs in, writes and logs out in each browser as the start announced', async (frontend) => {
      for (const browser of browserNames) {
        const announced = simulateLogIn(new URL(apiUrl), frontend, browser);
        const { statuses, reason } = await visit(api as Api, apiUrl, frontend, browser);
        const isLoggedIn = announced.reason === undefined;
        expect([browser, statuses]).toEqual([browser, isLoggedIn ? [200, 201, 204, 401] : [200, 401, 204, 401]]);
        if (!isLoggedIn) expect(reason).toBe(announced.reason?.code);
        expect([browser, isWarnedOf(apiUrl, frontend, browser)]).toEqual([browser, !isLoggedIn]);
      }
    });

  if (refused.length > 0)
    it.each(refused)('%s is refused, for the reason for which a browser does', (frontend) => {
      const code = refusalOf(apiUrl, frontend) ?? '';
      const reasons = browserNames.map((browser) => simulateLogIn(new URL(apiUrl), frontend, browser).reason?.code);
      expect(reasonsFor).toHaveProperty(code);
      expect(reasonsFor[code]?.some((reason) => reasons.includes(reason))).toBe(true);
    });
});
