import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { IdempotencyService } from '../src/idempotency/idempotency.service.js';
import { sendRaw } from './cross-origin/support/wire.js';
import { startApi, type Api } from './support/api.js';
import { createUser, type User } from './support/users.js';

let api: Api;
let ada: User;
beforeAll(async () => {
  api = await startApi();
  ada = await createUser(api);
});
afterAll(() => api.close());

const post = { title: 'A', content: 'B' };
const publish = (key: string, body: object = post, { agent }: User = ada) =>
  agent.post('/posts').set('Idempotency-Key', key).send(body);

async function count(table: string): Promise<number> {
  const [row] = await api.dataSource.query<{ count: number }[]>(`SELECT count(*)::int AS count FROM ${table}`);
  return row?.count ?? 0;
}

let counter = 0;
const price = { amount: 1, currency: 'EUR' };

describe('a request with an Idempotency-Key', () => {
  it.each([
    ['/posts', () => post],
    ['/products', () => ({ name: 'A', price, sku: `sku-${String((counter += 1))}` })],
    ['/categories', () => ({ name: `A ${String((counter += 1))}` })],
  ])('to %s creates once, and answers the same each time', async (path, body) => {
    const [key, sent, before] = [randomUUID(), body(), await count(path.slice(1))];
    const send = () => ada.agent.post(path).set('Idempotency-Key', key).send(sent).expect(201);
    const [first, again] = [await send(), await send()];
    expect(again.text).toBe(first.text);
    for (const name of ['location', 'etag']) expect(again.headers[name]).toBe(first.headers[name]);
    expect(await count(path.slice(1))).toBe(before + 1);
  });

  it('of another user creates another', async () => {
    const [key, other] = [randomUUID(), await createUser(api)];
    const [mine, theirs] = [await publish(key).expect(201), await publish(key, post, other).expect(201)];
    expect(theirs.body.id).not.toBe(mine.body.id);
    expect(theirs.body.author.id).toBe(other.id);
  });

  it('of another body or path is a 422, and changes nothing', async () => {
    const key = randomUUID();
    await publish(key).expect(201);
    const before = [await count('posts'), await count('categories')];
    const { body } = await publish(key, { ...post, title: 'Other' }).expect(422);
    expect(body.detail).toContain('belongs to another request');
    await ada.agent.post('/categories').set('Idempotency-Key', key).send({ name: 'Other' }).expect(422);
    expect([await count('posts'), await count('categories')]).toEqual(before);
  });

  it('can be sent again after it was refused', async () => {
    const key = randomUUID();
    await publish(key, { ...post, categoryIds: [2_147_483_647] }).expect(422);
    await publish(key, { title: '' }).expect(400);
    await publish(key).expect(201);
  });

  it('creates one row for fifty at once: each answer is that row, or a 409', async () => {
    const [key, before] = [randomUUID(), await count('posts')];
    const answers = await Promise.all(Array.from({ length: 50 }, () => publish(key)));
    const created = answers.filter(({ status }) => status === 201);
    expect(created.length).toBeGreaterThanOrEqual(1);
    expect(new Set(created.map(({ text }) => text)).size).toBe(1);
    for (const { body } of answers.filter(({ status }) => status !== 201))
      expect(body).toMatchObject({ status: 409, detail: expect.stringContaining('is running') });
    expect(await count('posts')).toBe(before + 1);
    expect((await publish(key).expect(201)).text).toBe(created[0]?.text);
  });

  it('creates nothing that its response is not stored with', async () => {
    const [key, before] = [randomUUID(), await count('posts')];
    await api.dataSource.query('ALTER TABLE idempotency_keys ADD CONSTRAINT broken CHECK (false) NOT VALID');
    await publish(key).expect(500);
    await api.dataSource.query('ALTER TABLE idempotency_keys DROP CONSTRAINT broken');
    expect(await count('posts')).toBe(before);
    await publish(key).expect(201);
  });

  it('is forgotten after a day, and its row removed', async () => {
    const key = randomUUID();
    const first = await publish(key).expect(201);
    await api.dataSource.query(`UPDATE idempotency_keys SET "createdAt" = now() - interval '25 hours' WHERE key = $1`, [
      key,
    ]);
    const again = await publish(key).expect(201);
    expect(again.body.id).not.toBe(first.body.id);
    expect((await publish(key).expect(201)).text).toBe(again.text);
    await api.dataSource.query(`UPDATE idempotency_keys SET "createdAt" = now() - interval '25 hours'`);
    await api.app.get(IdempotencyService).removeExpired(1_000);
    expect(await count('idempotency_keys')).toBe(0);
  });

  it('may be quoted, as the draft of the IETF has it', async () => {
    const key = randomUUID();
    const [quoted, plain] = [await publish(`"${key}"`).expect(201), await publish(key).expect(201)];
    expect(plain.text).toBe(quoted.text);
  });

  it.each([
    ['of 1 KB', 'k'.repeat(1_024)],
    ['that is empty', ''],
    ['with a space', 'a b'],
    ['with a quote', 'a"b'],
    ['that is half quoted', '"a'],
  ])('%s is a 400', async (_, key) => {
    const before = await count('posts');
    const { body } = await publish(key).expect(400);
    expect(body.detail).toContain('1 to 255 visible ASCII characters');
    expect(await count('posts')).toBe(before);
  });

  it('twice is a 400', async () => {
    const body = JSON.stringify(post);
    const lines = ['POST /posts HTTP/1.1', 'Host: api', 'Connection: close', `Cookie: ${ada.session.access}`];
    lines.push('Content-Type: application/json', `Content-Length: ${body.length}`);
    lines.push('Idempotency-Key: a', 'Idempotency-Key: b', '', body);
    expect((await sendRaw(api, lines.join('\r\n'))).status).toBe(400);
  });
});
