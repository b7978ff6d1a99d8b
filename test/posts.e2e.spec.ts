import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from './support/api.js';
import { signUp } from './support/people.js';

let api: Api;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

describe('posts', () => {
  it('creates a post and says where it is', async () => {
    const { agent, id, name } = await signUp(api);
    const { body, headers } = await agent.post('/posts').send({ title: ' Hello ', content: 'World' }).expect(201);
    expect(body).toMatchObject({ title: 'Hello', content: 'World', author: { id, name }, categories: [] });
    expect(headers.location).toBe(`/posts/${String(body.id)}`);
    await api.request.get(headers.location ?? '').expect(200, body);
  });

  it('refuses a post from a stranger', async () => {
    const { body } = await api.request.post('/posts').send({ title: 'Hello', content: 'World' }).expect(401);
    expect(body).toMatchObject({ status: 401, title: 'Unauthorized', instance: '/posts' });
  });
});
