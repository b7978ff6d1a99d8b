import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { RouteTable } from '../../src/http/route-table.js';
import { send, valuesOf, type Answer, type Sent } from '../cross-origin/support/wire.js';
import { startApi, type Api } from '../support/api.js';
import { blocksIn } from '../support/markdown.js';
import { Nginx } from '../support/nginx.js';
import { describeWithPrograms } from '../support/programs.js';
import { createUser } from '../support/users.js';

const app = 'https://app.example.com';
const shop = 'https://shop.example.com';
const environment = { API_URL: 'https://api.example.com', FRONTEND_URL: `${app},${shop}`, TRUST_PROXY: 'loopback' };

const createPost = (title: string, headers: Record<string, string>): Sent => ({
  method: 'POST',
  path: '/posts',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify({ title, content: 'Text' }),
});

const cacheControl = (answer: Answer) => valuesOf(answer, 'Cache-Control');

describe('Cache-Control', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi()));
  afterAll(() => api.close());

  /** The same for everyone, whoever asks. */
  const cacheable = ['/categories', '/categories/:id', '/posts', '/posts/:id', '/products', '/products/:id'];
  const documentation = ['/docs', '/docs/', '/openapi.json'];

  it('lets caches keep public reads and the documentation, and nothing else', async () => {
    const { agent, session } = await createUser(api);
    const category = await agent.post('/categories').send({ name: 'Travel' }).expect(201);
    const post = await agent.post('/posts').send({ title: 'Hello', content: 'World' }).expect(201);
    const product = { name: 'Lamp', price: { amount: 1999, currency: 'EUR' } };
    const created = await agent.post('/products').send(product).expect(201);
    for (const { headers } of [category, post, created]) expect(headers['cache-control']).toBe('private, no-store');

    const paths = api.app.get(RouteTable).all().filter(({ methods }) => methods.includes('GET')).map(({ path }) => path); // prettier-ignore
    expect(paths).toEqual(expect.arrayContaining([...cacheable, ...documentation]));
    for (const path of paths.filter((each) => !/\*|^\/docs\/./.test(each))) {
      const id = path.startsWith('/products') ? String(created.body.id) : '1';
      const answer = await send(api, { path: path.replace(':id', id), headers: { Cookie: session.cookie } });
      const expected =
        answer.status === 200 && [...cacheable, ...documentation].includes(path)
          ? 'public, no-cache'
          : 'private, no-store';
      expect([path, answer.status, cacheControl(answer)]).toEqual([path, answer.status, [expected]]);
      if (cacheable.includes(path)) expect([path, answer.status]).toEqual([path, 200]);
    }
  });

  it('is the same on a 304, and forbids to keep an error', async () => {
    for (const path of ['/posts/1', '/posts']) {
      const [entityTag = ''] = valuesOf(await send(api, { path }), 'ETag');
      const answer = await send(api, { path, headers: { 'If-None-Match': entityTag } });
      expect([answer.status, cacheControl(answer)]).toEqual([304, ['public, no-cache']]);
    }
    for (const path of ['/posts/999', '/posts?limit=0', '/posts/abc', '/nowhere'])
      expect(cacheControl(await send(api, { path }))).toEqual(['private, no-store']);
  });
});

describeWithPrograms('nginx')('nginx as a cache in front, as docs/recipes/cache.md sets it up', () => {
  const [inHttp = '', inLocation = ''] = blocksIn(readFileSync('docs/recipes/cache.md', 'utf8'), 'nginx');
  let api: Api;
  let nginx: Nginx;
  let posts: string[];
  beforeAll(async () => {
    api = await startApi({ ...environment, PUBLIC_CACHE_TTL: '30s' });
    nginx = await Nginx.start('own-origin.conf', {
      upstream: api.port,
      additions: { http: inHttp, location: inLocation },
    });
    const { session } = await createUser(api);
    posts = [];
    for (const title of ['One', 'Two', 'Three']) {
      const answer = await send(api, createPost(title, { Cookie: session.cookie }));
      posts.push(valuesOf(answer, 'Location')[0] ?? '');
    }
  });
  afterAll(async () => {
    await nginx.stop();
    await api.close();
  });

  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await send(nginx, { path, headers: { Host: 'api.example.com', ...headers } });
    return {
      status: answer.status,
      cache: valuesOf(answer, 'X-Cache')[0],
      origin: valuesOf(answer, 'Access-Control-Allow-Origin'),
      credentials: valuesOf(answer, 'Access-Control-Allow-Credentials'),
      vary: valuesOf(answer, 'Vary'),
      requestId: valuesOf(answer, 'X-Request-Id'),
    };
  };

  /** Who asks, in every order: the first fills the cache. */
  const askers: { name: string; headers: Record<string, string>; origin: string[] }[] = [
    { name: 'a page', headers: { Origin: app }, origin: [app] },
    { name: 'a page of another origin', headers: { Origin: shop }, origin: [shop] },
    { name: 'nobody', headers: {}, origin: [] },
    { name: 'an unknown origin', headers: { Origin: 'https://evil.example' }, origin: [] },
  ];

  it.each([0, 1, 2])('gives each its own headers, from the cache too (order %d)', async (index) => {
    const path = posts[index] ?? '';
    const order = [...askers.slice(index), ...askers.slice(0, index)];
    for (const cache of ['MISS', 'HIT'])
      for (const { name, headers, origin } of order) {
        const answer = await ask(path, headers);
        expect({ name, ...answer }).toMatchObject({ name, cache, status: 200, origin, vary: ['Origin'] });
        expect(answer.credentials).toEqual(origin.map(() => 'true'));
      }
  });

  it('answers each request with an id of its own', async () => {
    await ask('/posts?limit=1');
    const answers = [await ask('/posts?limit=1'), await ask('/posts?limit=1', { 'X-Request-Id': 'mine-1' })];
    expect(answers.map(({ cache }) => cache)).toEqual(['HIT', 'HIT']);
    expect(answers[1]?.requestId).toEqual(['mine-1']);
    expect(answers[0]?.requestId).toEqual([expect.stringMatching(/^[\w.:-]{1,128}$/)]);
  });

  it('never keeps what is personal, nor an error', async () => {
    const { session } = await createUser(api);
    const cookie = { Origin: app, Cookie: session.cookie };
    for (const path of ['/authentication', '/authentication/sessions', '/authentication/tokens'])
      for (const [headers, status] of [
        [cookie, 200],
        [cookie, 200],
        [{ Origin: app }, 401],
      ] as const)
        // prettier-ignore
        expect([path, await ask(path, headers)]).toMatchObject([path, { status, origin: [app] }]);
    for (const path of ['/authentication', '/posts/999', '/health/ready'])
      for (let times = 0; times < 2; times++) expect((await ask(path)).cache).toBe('MISS');
  });

  it('passes writes on', async () => {
    const { session } = await createUser(api);
    const request = createPost('New', { Host: 'api.example.com', Origin: app, Cookie: session.cookie });
    for (let times = 0; times < 2; times++) expect((await send(nginx, request)).status).toBe(201);
  });
});
