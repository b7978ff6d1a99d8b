import { describe, expect, it } from '@jest/globals';
import { categorySchema } from '../src/categories/category.schema.js';
import { startApiWithUsers } from './support/feature.js';
import { sentAs } from './support/openapi.js';

const { api, ada, other } = await startApiWithUsers();

let counter = 0;

async function createCategory(fields: object = {}) {
  const name = `Category ${String((counter += 1))}`;
  const { body } = await ada.agent
    .post('/categories')
    .send({ name, ...fields })
    .expect(201);
  return body as { id: number; name: string; updatedAt: string };
}

const stored = async (id: number) => (await api.request.get(`/categories/${String(id)}`).expect(200)).body;

describe('making a category', () => {
  it('answers with the category and its creator, and says where it is', async () => {
    const { body, headers } = await ada.agent.post('/categories').send({ name: ' Música 🎵 ' }).expect(201);
    expect(body).toEqual({
      id: expect.any(Number),
      name: 'Música 🎵',
      description: '',
      creator: { id: ada.id, name: 'Ada' },
      createdAt: expect.any(String),
      updatedAt: body.createdAt,
    });
    expect(headers.location).toBe(`/categories/${String(body.id)}`);
    expect(sentAs(categorySchema, body)).toEqual(body);
    await api.request.get(headers.location ?? '').expect(200, body);
  });

  it('refuses a category without a session', async () => {
    await api.request.post('/categories').send({ name: 'Uninvited' }).expect(401);
    const { body } = await api.request.get('/categories?search=uninvited').expect(200);
    expect(body.count).toBe(0);
  });

  it.each(['Science', 'SCIENCE', ' science '])('refuses the name %s when Science is taken', async (name) => {
    await ada.agent.post('/categories').send({ name: 'Science' });
    const { body } = await other.agent.post('/categories').send({ name }).expect(409);
    expect(body).toMatchObject({ title: 'Conflict', detail: 'There is already a category with this name.' });
  });

  it('gives a name to one of ten who ask for it at the same moment', async () => {
    const names = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'Rush' : 'RUSH'));
    const answers = await Promise.all(names.map((name) => ada.agent.post('/categories').send({ name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    const rows = await api.dataSource.query(`SELECT FROM categories WHERE lower(name) = 'rush'`);
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['no name', {}, 'name', 'must be text'],
    ['a name of spaces', { name: '  ' }, 'name', 'must not be empty'],
    ['a name of 101 characters', { name: 'a'.repeat(101) }, 'name', 'must not be longer than 100 characters'],
    ['a NUL character', { name: 'a\0' }, 'name', 'must not contain NUL characters or broken Unicode'],
    ['a null description', { name: 'a', description: null }, 'description', 'must be text'],
    ['a creator', { name: 'a', creatorId: 1 }, 'creatorId', 'is not a known field'],
  ])('refuses %s, naming it', async (_, category, path, message) => {
    const { body } = await ada.agent.post('/categories').send(category).expect(400);
    expect(body.errors).toContainEqual({ path, message });
  });
});

describe('changing a category', () => {
  it('changes only what is sent', async () => {
    const before = await createCategory({ description: 'Old' });
    const { body } = await ada.agent
      .patch(`/categories/${String(before.id)}`)
      .send({ description: 'New' })
      .expect(200);
    expect(body).toEqual({ ...before, description: 'New', updatedAt: expect.any(String) });
    expect(await stored(before.id)).toEqual(body);
    await ada.agent
      .patch(`/categories/${String(before.id)}`)
      .send({})
      .expect(200);
    expect(await stored(before.id)).toMatchObject({ name: before.name, description: 'New' });
  });

  it('lets a name change its case, but not take another category’s', async () => {
    const [mine, taken] = [await createCategory(), await createCategory()];
    const path = `/categories/${String(mine.id)}`;
    await ada.agent.patch(path).send({ name: mine.name.toUpperCase() }).expect(200);
    await ada.agent.patch(path).send({ name: taken.name.toUpperCase() }).expect(409);
    expect(await stored(mine.id)).toMatchObject({ name: mine.name.toUpperCase() });
  });

  it('has no PUT', async () => {
    const { id } = await createCategory();
    const { headers } = await ada.agent
      .put(`/categories/${String(id)}`)
      .send({ name: 'A' })
      .expect(405);
    expect(headers.allow).toBe('GET, HEAD, PATCH, DELETE, OPTIONS');
  });

  it.each([
    ['patch', { name: 'Mine' }],
    ['delete', undefined],
  ] as const)('refuses %s by a stranger and without a session, and answers 404 for nothing', async (method, change) => {
    const category = await createCategory();
    const path = `/categories/${String(category.id)}`;
    await other.agent[method](path).send(change).expect(403);
    await api.request[method](path).send(change).expect(401);
    await ada.agent[method]('/categories/2147483647').send(change).expect(404);
    await ada.agent[method]('/categories/0').send(change).expect(400);
    expect(await stored(category.id)).toEqual(category);
  });
});

describe('deleting a category', () => {
  it('answers 204, and 404 from then on', async () => {
    const { id } = await createCategory();
    await ada.agent.delete(`/categories/${String(id)}`).expect(204, '');
    await api.request.get(`/categories/${String(id)}`).expect(404);
  });

  it.each([
    ['posts', { title: 'Hello', content: 'World' }],
    ['products', { name: 'Pen', price: { amount: 199, currency: 'EUR' } }],
  ])('refuses while %s are in it, and allows it afterwards', async (list, item) => {
    const category = await createCategory();
    const path = `/categories/${String(category.id)}`;
    const { headers } = await other.agent
      .post(`/${list}`)
      .send({ ...item, categoryIds: [category.id] })
      .expect(201);
    const { body } = await ada.agent.delete(path).expect(409);
    expect(body.detail).toBe(`This category is in use: remove it from its ${list} first.`);
    expect(await stored(category.id)).toEqual(category);
    await other.agent.delete(headers.location ?? '').expect(204);
    await ada.agent.delete(path).expect(204);
  });
});
