import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from '../support/api.js';
import { createUser, password } from '../support/users.js';
import { expectReadable } from './support/readable.js';
import { send, valuesOf, type Answer } from './support/wire.js';

const oneDay = '86400';
const proxied = { TRUST_PROXY: '1', REFRESH_TOKEN_TTL: '1d' };

interface Expected {
  access: string;
  refresh: string;
  attributes: string[];
  /** Those of the other kind, which each response to a page of the same site removes first. */
  others?: string[];
}

const lax = ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'];
const partitioned = ['HttpOnly', 'Partitioned', 'Path=/', 'SameSite=None', 'Secure'];
const names = { access: '__Host-Authentication', refresh: '__Host-Refresh' };
const sameSite: Expected = { ...names, attributes: lax, others: partitioned };
const crossSite: Expected = { ...names, attributes: partitioned };

const setUps: [name: string, environment: Record<string, string>, frontend: string, expected: Expected][] = [
  [
    'over http on one machine',
    { FRONTEND_URL: 'http://localhost:5173', API_URL: 'http://localhost:3000', REFRESH_TOKEN_TTL: '1d' },
    'http://localhost:5173',
    { access: 'Authentication', refresh: 'Refresh', attributes: ['HttpOnly', 'Path=/', 'SameSite=Lax'] },
  ],
  [
    'over https on one site',
    { ...proxied, FRONTEND_URL: 'https://app.example.com', API_URL: 'https://api.example.com' },
    'https://app.example.com',
    sameSite,
  ],
  [
    'over https across sites',
    { ...proxied, FRONTEND_URL: 'https://my-app.vercel.app', API_URL: 'https://api.example.com' },
    'https://my-app.vercel.app',
    crossSite,
  ],
  [
    'over https on one origin, below a path',
    { ...proxied, FRONTEND_URL: 'https://example.com', API_URL: 'https://example.com/api' },
    'https://example.com',
    sameSite,
  ],
  [
    'over https from the same-site frontend of an API that has a cross-site one, too',
    {
      ...proxied,
      FRONTEND_URL: 'https://my-app.vercel.app,https://app.example.com',
      API_URL: 'https://api.example.com',
    },
    'https://app.example.com',
    sameSite,
  ],
  [
    'over https from the cross-site frontend of an API that has a same-site one, too',
    {
      ...proxied,
      FRONTEND_URL: 'https://app.example.com,https://my-app.vercel.app',
      API_URL: 'https://api.example.com',
    },
    'https://my-app.vercel.app',
    crossSite,
  ],
];

interface Cookie {
  name: string;
  value: string;
  /** Sorted, without how long it lives. */
  attributes: string[];
  maxAge?: string;
  expires: Date;
}

function cookiesOf(answer: Answer): Cookie[] {
  return valuesOf(answer, 'set-cookie').map((line) => {
    const [pair = '', ...all] = line.split('; ');
    const lifetime = (name: string) => all.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
    const attributes = all.filter((each) => !/^(Max-Age|Expires)=/.test(each)).sort();
    const [name = '', value = ''] = pair.split('=');
    return { name, value, attributes, maxAge: lifetime('Max-Age'), expires: new Date(lifetime('Expires') ?? NaN) };
  });
}

const isRemoved = ({ value, maxAge, expires }: Cookie) =>
  value === '' && (maxAge === '0' || expires.getTime() <= Date.now());

describe.each(setUps)('%s', (_, environment, frontend, expected) => {
  const { access, refresh, attributes, others } = expected;
  const inOrder = (kind: string[] | undefined) =>
    kind === undefined ? [] : [access, refresh].map((name) => ({ name, attributes: kind }));
  let api: Api;
  beforeAll(async () => (api = await startApi(environment)));
  afterAll(() => api.close());

  /** As a TLS-terminating proxy passes it on. */
  const post = (what: string, { cookie, body }: { cookie?: string; body?: string } = {}) =>
    send(api, {
      method: 'POST',
      path: `/authentication/${what}`,
      body,
      headers: {
        Host: new URL(environment.API_URL ?? '').host,
        'X-Forwarded-Proto': new URL(environment.API_URL ?? '').protocol.slice(0, -1),
        'X-Forwarded-For': '203.0.113.7',
        Origin: frontend,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(cookie === undefined ? {} : { Cookie: cookie }),
      },
    });
  const whoAmI = (cookie: string) => send(api, { path: '/authentication', headers: { Cookie: cookie } });

  /** @returns the value of each, after it has checked that those of the other kind are removed first */
  function expectSet(answer: Answer): { access: string; refresh: string } {
    const cookies = cookiesOf(answer);
    expect(cookies).toMatchObject([...inOrder(others), ...inOrder(attributes)]);
    const kept = cookies.slice(-2);
    expect(cookies.slice(0, -2).every(isRemoved)).toBe(true);
    expect(kept.map(({ maxAge }) => maxAge)).toEqual([oneDay, oneDay]);
    return { access: kept[0]?.value ?? '', refresh: kept[1]?.value ?? '' };
  }

  it('are set at log-in, and the session they carry works', async () => {
    const { email } = await createUser(api);
    const answer = await post('log-in', { body: JSON.stringify({ email, password }) });
    expectReadable(answer, frontend);
    const cookies = expectSet(answer);
    expect((await whoAmI(`${access}=${cookies.access}`)).status).toBe(200);
  });

  it('are set anew by a refresh, with the same attributes', async () => {
    const { cookie } = (await createUser(api)).session;
    const answer = await post('refresh', { cookie });
    expect(answer.status).toBe(204);
    const cookies = expectSet(answer);
    expect(cookie).not.toContain(cookies.refresh);
    expect((await post('refresh', { cookie: `${refresh}=${cookies.refresh}` })).status).toBe(204);
  });

  it('are removed at log-out with exactly the attributes they were set with', async () => {
    const { cookie } = (await createUser(api)).session;
    const answer = await post('log-out', { cookie });
    expect(answer.status).toBe(204);
    const cookies = cookiesOf(answer);
    expect(cookies).toMatchObject([...inOrder(others), ...inOrder(attributes)]);
    expect(cookies.every(isRemoved)).toBe(true);
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  it('are not believed under the names of another set-up', async () => {
    const { cookie } = (await createUser(api)).session;
    const renamed = cookie
      .replaceAll('__Host-', '')
      .replace(/\bAuthentication=/, access.startsWith('__') ? 'Authentication=' : '__Host-Authentication=');
    expect((await whoAmI(renamed)).status).toBe(401);
  });
});

it('that a page of another site sends twice are removed in both kinds', async () => {
  const api = await startApi({
    ...proxied,
    FRONTEND_URL: 'https://my-app.vercel.app',
    API_URL: 'https://api.example.com',
  });
  const { cookie } = (await createUser(api)).session;
  const headers = { Origin: 'https://my-app.vercel.app', Cookie: `${cookie}; ${cookie}` };
  const cookies = cookiesOf(await send(api, { method: 'POST', path: '/authentication/log-out', headers }));
  const unpartitioned = ['HttpOnly', 'Path=/', 'SameSite=None', 'Secure'];
  expect(cookies.map(({ attributes }) => attributes)).toEqual([unpartitioned, unpartitioned, partitioned, partitioned]);
  expect(cookies.every(isRemoved)).toBe(true);
  await api.close();
});
