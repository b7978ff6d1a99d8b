import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { startApi, type Api } from '../support/api.js';
import { blocksIn, codesIn, settingsIn, tableIn } from '../support/markdown.js';
import { createUser, password } from '../support/users.js';

const page = readFileSync('docs/recipes/native-app.md', 'utf8');
const settings = settingsIn(blocksIn(page, 'sh')[0] ?? '');
const [script = ''] = blocksIn(page, 'js');
const origins = tableIn(page).map(([, origin = '']) => codesIn(origin)[0] ?? '');

interface Init {
  method: string;
  headers: Record<string, string>;
  body?: string;
}

interface Store {
  get: () => Promise<string | undefined>;
  set: (token: string | undefined) => Promise<void>;
}

interface App {
  logIn: (email: string, password: string, store: Store) => Promise<void>;
  call: (method: string, path: string, body: object | undefined, store: Store) => Promise<Response>;
}

describe('a native app, as docs/recipes/native-app.md has it', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi(settings)));
  afterAll(() => api.close());

  it('may have the origins of the settings', () => {
    expect(settings.FRONTEND_URL?.split(',').slice(1).sort()).toEqual([...origins].sort());
  });

  it.each(origins)('logs in, writes, and notices that its token is revoked: %s', async (origin) => {
    const { email, session } = await createUser(api);
    const fetchFromApp = fetchFrom(origin);
    const { logIn, call } = runInNewContext(`${script}; ({ logIn, call })`, {
      apiUrl: api.url,
      json: { 'Content-Type': 'application/json' },
      fetch: fetchFromApp,
    }) as App;
    let token: string | undefined;
    const store: Store = {
      get: () => Promise.resolve(token),
      set: (value) => Promise.resolve(void (token = value)),
    };

    await expect(logIn(email, 'a wrong password', store)).rejects.toThrow(/password/);
    await logIn(email, password, store);
    const post = { title: 'Hello', content: 'From the app' };
    expect((await call('POST', '/posts', post, store)).status).toBe(201);
    expect(await (await call('GET', '/authentication', undefined, store)).json()).toMatchObject({ email });

    const headers = { Cookie: session.cookie };
    const list = await fetch(`${api.url}/authentication/tokens`, { headers });
    const { items } = (await list.json()) as { items: { id: number; name: string }[] };
    expect(items).toEqual([expect.objectContaining({ name: 'My phone', access: 'write' })]);
    const revoke = `${api.url}/authentication/tokens/${String(items[0]?.id)}`;
    expect((await fetch(revoke, { method: 'DELETE', headers })).status).toBe(204);
    expect((await call('POST', '/posts', post, store)).status).toBe(401);
    expect(token).toBeUndefined();
  });
});

/** `fetch` of the web view: the preflight, the origin, and no cookies. */
function fetchFrom(origin: string) {
  return async (url: string, init: Init): Promise<Response> => {
    const names = Object.keys(init.headers).map((name) => name.toLowerCase());
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': init.method,
        'Access-Control-Request-Headers': names.sort().join(','),
      },
    });
    const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(',') ?? [];
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    expect(allowed).toEqual(expect.arrayContaining(names));
    const response = await fetch(url, { ...init, headers: { ...init.headers, Origin: origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    return response;
  };
}
