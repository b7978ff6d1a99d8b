import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from './support/api.js';
import { createUser, type User } from './support/users.js';

let api: Api;
let ada: User;
beforeAll(async () => {
  api = await startApi();
  ada = await createUser(api);
});
afterAll(() => api.close());

let counter = 0;
const resources: [path: string, body: () => Record<string, unknown>, change: () => object][] = [
  ['/posts', () => ({ title: 'A', content: 'B' }), () => ({ title: 'Changed' })],
  ['/products', () => ({ name: 'A', price: { amount: 1, currency: 'EUR' } }), () => ({ name: 'Changed' })],
  ['/categories', () => ({ name: `A ${String((counter += 1))}` }), () => ({ name: `B ${String((counter += 1))}` })],
];

/** The same change, with this title or name. */
const named = (change: object, name: string) =>
  Object.fromEntries(Object.keys(change).map((key) => [key, `${name} ${String((counter += 1))}`]));

/** What a request that changes something returns. */
interface Created {
  path: string;
  etag: string;
}

async function create(list: string, body: object): Promise<Created> {
  const { headers } = await ada.agent.post(list).send(body).expect(201);
  return { path: headers.location ?? '', etag: headers.etag ?? '' };
}

describe.each(resources)('one of %s', (list, body, change) => {
  it('has a strong ETag, the same wherever it is sent, and another after each change', async () => {
    const { path, etag } = await create(list, body());
    expect(etag).toMatch(/^"[a-z]+-\d+-1-[\w-]{11}"$/);
    const { headers } = await api.request.get(path).expect(200);
    expect(headers.etag).toBe(etag);
    const { headers: changed } = await ada.agent.patch(path).send(change()).expect(200);
    expect(changed.etag).toMatch(/-2-[\w-]{11}"$/);
    expect((await api.request.get(path).expect(200)).headers.etag).toBe(changed.etag);
  });

  it('is a 304 without a body to who has it, read without its contents', async () => {
    const { path, etag } = await create(list, body());
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { text, headers } = await api.request.get(path).set('If-None-Match', header).expect(304);
      expect([text, headers.etag]).toEqual(['', etag]);
    }
    await api.request.head(path).set('If-None-Match', etag).expect(304);
    await ada.agent.patch(path).send(change()).expect(200);
    await api.request.get(path).set('If-None-Match', etag).expect(200);
    await api.request.get(`${list}/2147483647`).set('If-None-Match', '*').expect(404);
  });

  it('is a 412 to who changes or deletes what he has not seen, and stays as it is', async () => {
    const { path, etag } = await create(list, body());
    const { headers, body: kept } = await ada.agent.patch(path).set('If-Match', etag).send(change()).expect(200);
    const other = await create(list, body());
    for (const header of [etag, other.etag, `W/${String(headers.etag)}`, '"x"', 'none', 'x'.repeat(10_000)]) {
      const { body: problem } = await ada.agent.patch(path).set('If-Match', header).send(change()).expect(412);
      expect(problem.detail).toBe('It has changed since you read it. Read it again, and decide what to keep.');
      await ada.agent.delete(path).set('If-Match', header).expect(412);
    }
    expect((await api.request.get(path).expect(200)).body).toEqual(kept);
    await ada.agent.patch(path).set('If-Match', '*').send(change()).expect(200);
    const { headers: latest } = await api.request.get(path).expect(200);
    await ada.agent
      .delete(path)
      .set('If-Match', latest.etag ?? '')
      .expect(204);
  });

  it('is changed once by twenty who all saw the same', async () => {
    const { path, etag } = await create(list, body());
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ada.agent.patch(path).set('If-Match', etag).send(change())),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(19);
  });

  it('is what each response says, when many change it at once', async () => {
    const { path } = await create(list, body());
    const changes = Array.from({ length: 20 }, change).map((each, index) => named(each, `Version ${index}`));
    const answers = await Promise.all(changes.map((sent) => ada.agent.patch(path).send(sent).expect(200)));
    expect(answers.map((answer) => answer.body as object)).toMatchObject(changes);
    expect(new Set(answers.map(({ headers }) => String(headers.etag))).size).toBe(20);
  });

  it('tells nobody else whether it has changed', async () => {
    const stranger = await createUser(api);
    const { path } = await create(list, body());
    await stranger.agent.patch(path).set('If-Match', '"x"').send(change()).expect(403);
    await api.request.patch(path).set('If-Match', '"x"').send(change()).expect(401);
  });
});

it('a new name of its author changes the ETag of a post, and hinders nobody who changes the post', async () => {
  const { path, etag } = await create('/posts', { title: 'A', content: 'B' });
  await ada.agent.patch('/authentication').send({ name: 'Ada Lovelace' }).expect(200);
  const { headers, body } = await api.request.get(path).set('If-None-Match', etag).expect(200);
  expect([body.author.name, headers.etag === etag]).toEqual(['Ada Lovelace', false]);
  await ada.agent.patch(path).set('If-Match', etag).send({ title: 'C' }).expect(200);
});

/** Last, since passport has one set of strategies a process: those of the application made last. */
it('where If-Match is required, a change without it is a 428', async () => {
  const strict = await startApi({ IF_MATCH: 'required' });
  const { agent } = await createUser(strict);
  const { headers } = await agent.post('/posts').send({ title: 'A', content: 'B' }).expect(201);
  const [path, etag] = [headers.location ?? '', headers.etag ?? ''];
  const { body } = await agent.patch(path).send({ title: 'C' }).expect(428);
  expect(body.detail).toBe('Send If-Match with the ETag of what you change, as you read it.');
  await agent.put(path).send({ title: 'C', content: 'D' }).expect(428);
  await agent.delete(path).expect(428);
  await agent.delete(path).set('If-Match', etag).expect(204);
  await strict.close();
});
