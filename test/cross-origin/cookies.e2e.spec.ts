import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from '../support/api.js';
import { logIn } from './support/log-in.js';
import { expectReadable } from './support/readable.js';
import { send, valuesOf, type Answer } from './support/wire.js';

const oneDay = '86400';
const proxied = { TRUST_PROXY: '1', REFRESH_TOKEN_TTL: '1d' };

interface Expected {
  access: string;
  accessAttributes: string[];
  refresh: string;
  refreshAttributes: string[];
}

const secure: Expected = {
  access: '__Host-Authentication',
  accessAttributes: ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'],
  refresh: '__Secure-Refresh',
  refreshAttributes: ['HttpOnly', 'Path=/authentication', 'SameSite=Lax', 'Secure'],
};

const setUps: [name: string, environment: Record<string, string>, frontend: string, expected: Expected][] = [
  [
    'over http on one machine',
    { FRONTEND_URL: 'http://localhost:5173', API_URL: 'http://localhost:3000', REFRESH_TOKEN_TTL: '1d' },
    'http://localhost:5173',
    {
      access: 'Authentication',
      accessAttributes: ['HttpOnly', 'Path=/', 'SameSite=Lax'],
      refresh: 'Refresh',
      refreshAttributes: ['HttpOnly', 'Path=/authentication', 'SameSite=Lax'],
    },
  ],
  [
    'over https on one site',
    { ...proxied, FRONTEND_URL: 'https://app.example.com', API_URL: 'https://api.example.com' },
    'https://app.example.com',
    secure,
  ],
  [
    'over https across sites',
    { ...proxied, FRONTEND_URL: 'https://my-app.vercel.app', API_URL: 'https://api.example.com' },
    'https://my-app.vercel.app',
    {
      ...secure,
      accessAttributes: ['HttpOnly', 'Partitioned', 'Path=/', 'SameSite=None', 'Secure'],
      refreshAttributes: ['HttpOnly', 'Partitioned', 'Path=/authentication', 'SameSite=None', 'Secure'],
    },
  ],
  [
    'over https on one origin, below a path',
    { ...proxied, FRONTEND_URL: 'https://example.com', API_URL: 'https://example.com/api' },
    'https://example.com',
    { ...secure, refreshAttributes: ['HttpOnly', 'Path=/api/authentication', 'SameSite=Lax', 'Secure'] },
  ],
];

interface Cookie {
  value: string;
  /** Sorted, without how long it lives. */
  attributes: string[];
  maxAge?: string;
  expires?: Date;
}

function cookiesOf(answer: Answer): Record<string, Cookie> {
  return Object.fromEntries(
    valuesOf(answer, 'set-cookie').map((line) => {
      const [pair = '', ...all] = line.split('; ');
      const lifetime = (name: string) => all.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
      const expires = new Date(lifetime('Expires') ?? NaN);
      const attributes = all.filter((each) => !/^(Max-Age|Expires)=/.test(each)).sort();
      const [name = '', value = ''] = pair.split('=');
      return [name, { value, attributes, maxAge: lifetime('Max-Age'), expires }];
    }),
  );
}

describe.each(setUps)('%s', (_, environment, frontend, expected) => {
  const { access, refresh } = expected;
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

  it('are set at log-in, and the session they carry works', async () => {
    const { pair } = await logIn(api);
    const answer = await post('log-in', { body: pair });
    expectReadable(answer, frontend);
    const cookies = cookiesOf(answer);
    expect(Object.keys(cookies)).toEqual([access, refresh]);
    expect(cookies[access]).toMatchObject({ attributes: expected.accessAttributes, maxAge: oneDay });
    expect(cookies[refresh]).toMatchObject({ attributes: expected.refreshAttributes, maxAge: oneDay });
    expect((await whoAmI(`${access}=${cookies[access]?.value ?? ''}`)).status).toBe(200);
  });

  it('are set anew by a refresh, with the same attributes', async () => {
    const { cookie } = await logIn(api);
    const answer = await post('refresh', { cookie });
    expect(answer.status).toBe(204);
    const cookies = cookiesOf(answer);
    expect(cookies[access]).toMatchObject({ attributes: expected.accessAttributes, maxAge: oneDay });
    expect(cookies[refresh]).toMatchObject({ attributes: expected.refreshAttributes, maxAge: oneDay });
    expect(cookie).not.toContain(cookies[refresh]?.value);
    expect((await post('refresh', { cookie: `${refresh}=${cookies[refresh]?.value ?? ''}` })).status).toBe(204);
  });

  it('are cleared at log-out with exactly the attributes they were set with', async () => {
    const { cookie } = await logIn(api);
    const answer = await post('log-out', { cookie });
    expect(answer.status).toBe(204);
    const cookies = cookiesOf(answer);
    expect(Object.keys(cookies)).toEqual([access, refresh]);
    expect(cookies[access]).toMatchObject({ value: '', attributes: expected.accessAttributes });
    expect(cookies[refresh]).toMatchObject({ value: '', attributes: expected.refreshAttributes });
    for (const { maxAge, expires } of Object.values(cookies))
      expect(maxAge === '0' || (expires !== undefined && expires.getTime() <= Date.now())).toBe(true);
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  it('are not believed under the names of another set-up', async () => {
    const { cookie } = await logIn(api);
    const renamed = cookie
      .replaceAll(/__Host-|__Secure-/g, '')
      .replace(/\bAuthentication=/, access.startsWith('__') ? 'Authentication=' : '__Host-Authentication=');
    expect((await whoAmI(renamed)).status).toBe(401);
  });
});
