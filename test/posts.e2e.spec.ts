import { describe, expect, it } from '@jest/globals';
import { postSchema } from '../src/posts/post.schema.js';
import { createCategory, startApiWithUsers } from './support/feature.js';
import { sentAs } from './support/openapi.js';
import { createAdmin, createUser } from './support/users.js';

const { api, ada, other } = await startApiWithUsers();

async function createPost(fields: object = {}) {
  const { body } = await ada.agent
    .post('/posts')
    .send({ title: 'Hello', content: 'World', ...fields })
    .expect(201);
  return body as { id: number; title: string; content: string; createdAt: string; updatedAt: string };
}

const stored = async (id: number) => (await api.request.get(`/posts/${String(id)}`).expect(200)).body;

const countPosts = async () => Number((await api.dataSource.query('SELECT count(*) FROM posts'))[0].count);

describe('making a post', () => {
  it('answers with the post, its author and its categories, and says where it is', async () => {
    const [music, art] = [await createCategory(ada, 'Music'), await createCategory(ada, 'art')];
    const post = { title: '  Hello  ', content: '  World\n', categoryIds: [music.id, art.id, music.id] };
    const { body, headers } = await ada.agent.post('/posts').send(post).expect(201);
    expect(body).toEqual({
      id: expect.any(Number),
      title: 'Hello',
      content: '  World\n',
      author: { id: ada.id, name: 'Ada' },
      categories: [art, music],
      createdAt: expect.any(String),
      updatedAt: body.createdAt,
    });
    expect(new Date(body.createdAt).toISOString()).toBe(body.createdAt);
    expect(headers.location).toBe(`/posts/${String(body.id)}`);
    expect(sentAs(postSchema, body)).toEqual(body);
    await api.request.get(headers.location ?? '').expect(200, body);
  });

  it('refuses a post without a session', async () => {
    const before = await countPosts();
    const { body } = await api.request.post('/posts').send({ title: 'Hello', content: 'World' }).expect(401);
    expect(body).toMatchObject({ status: 401, title: 'Unauthorized', instance: '/posts' });
    expect(await countPosts()).toBe(before);
  });

  it('keeps emoji, right-to-left text and whatever else is text as it is', async () => {
    const title = '👩‍👩‍👧‍👦 שלום مرحبا e\u0301 ﷽ <b>&amp;</b> \u202Eabc\u202C \'"`;--';
    const content = `${title}\r\n\t\u0001\u{10FFFF}\uFFFE${'🦜'.repeat(1000)}`;
    expect(await createPost({ title, content })).toMatchObject({ title, content });
  });

  it('keeps a post of the greatest length', async () => {
    const words = Array.from({ length: 16_000 }, (_, index) => index.toString(36).padStart(5, 'é')).join(' ');
    const post = { title: '🦜'.repeat(200), content: `${words}${'🦜'.repeat(4_000)}` };
    const { id } = await createPost(post);
    expect(await stored(id)).toMatchObject(post);
  });

  it.each([
    ['a title of spaces', { title: ' \t\u00A0\u2003 ' }, 'title', 'must not be empty'],
    ['no title', { title: undefined }, 'title', 'must be text'],
    ['a title that is a number', { title: 5 }, 'title', 'must be text'],
    ['a title of 201 characters', { title: 'a'.repeat(201) }, 'title', 'must not be longer than 200 characters'],
    ['a title of two lines', { title: 'a\nb' }, 'title', 'must be one line, without control characters'],
    ['a NUL character', { content: 'a\0b' }, 'content', 'must not contain NUL characters or broken Unicode'],
    ['a NUL character in a title', { title: 'a\0b' }, 'title', 'must not contain NUL characters or broken Unicode'],
    ['a lone surrogate', { content: 'a\uD83Eb' }, 'content', 'must not contain NUL characters or broken Unicode'],
    ['content of spaces', { content: ' \n ' }, 'content', 'must not be empty'],
    [
      'content that is too long',
      { content: 'a'.repeat(100_001) },
      'content',
      'must not be longer than 100000 characters',
    ],
    ['categories that are no list', { categoryIds: 1 }, 'categoryIds', 'must be a list of category ids'],
    ['a category id that is text', { categoryIds: [1, '2'] }, 'categoryIds.1', 'must be a category id'],
    ['a category id beyond int4', { categoryIds: [2_147_483_648] }, 'categoryIds.0', 'must be a category id'],
    ['51 categories', { categoryIds: Array(51).fill(1) }, 'categoryIds', 'must not be more than 50'],
    ['an unknown key', { authorId: 1 }, 'authorId', 'is not a known field'],
    ['an id', { id: 1 }, 'id', 'is not a known field'],
  ])('refuses %s, naming it', async (_, fields, path, message) => {
    const before = await countPosts();
    const post = { title: 'Hello', content: 'World', ...fields };
    const { body } = await ada.agent.post('/posts').send(post).expect(400);
    expect(body).toMatchObject({ type: 'urn:problem:invalid-input', status: 400, instance: '/posts' });
    expect(body.errors).toContainEqual({ path, message });
    expect(await countPosts()).toBe(before);
  });

  it('names every bad field at once', async () => {
    const post = { title: '', content: 3, categoryIds: ['x'], a: 1, b: 2 };
    const { body } = await ada.agent.post('/posts').send(post).expect(400);
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      'a',
      'b',
      'categoryIds.0',
      'content',
      'title',
    ]);
  });

  it('refuses unknown categories, naming each of them', async () => {
    const { id } = await createCategory(ada);
    const before = await countPosts();
    const post = { title: 'Hello', content: 'World', categoryIds: [999_998, id, 999_999] };
    const { body } = await ada.agent.post('/posts').send(post).expect(422);
    expect(body.detail).toBe('There is no category 999998, 999999.');
    expect(body.errors).toEqual([
      { path: 'categoryIds.0', message: 'is not a category: 999998' },
      { path: 'categoryIds.2', message: 'is not a category: 999999' },
    ]);
    expect(await countPosts()).toBe(before);
  });
});

describe('reading a post', () => {
  it.each(['abc', '0', '-1', '1.5', '1e3', '%20', '2147483648', '99999999999999999999', '1%00', '１', '0x1'])(
    'refuses the id %s',
    async (id) => {
      const { body } = await api.request.get(`/posts/${encodeURI(id).replaceAll('%25', '%')}`).expect(400);
      expect(body.errors).toEqual([{ path: 'id', message: 'must be a whole number from 1 to 2147483647' }]);
    },
  );

  it('answers 404 for an id that does not exist', async () => {
    const { body } = await api.request.get('/posts/2147483647').expect(404);
    expect(body).toMatchObject({ title: 'Not Found', detail: 'Not found.' });
  });
});

describe('changing a post', () => {
  it.each([
    [{ title: 'New' }, { title: 'New' }],
    [{ content: 'New' }, { content: 'New' }],
    [{ categoryIds: [] }, { categories: [] }],
    [{}, {}],
  ])('changes only what is sent: %j', async (changes, expected) => {
    const category = await createCategory(ada);
    const { updatedAt, ...before } = await createPost({ categoryIds: [category.id] });
    const { body } = await ada.agent
      .patch(`/posts/${String(before.id)}`)
      .send(changes)
      .expect(200);
    expect(body).toEqual({ ...before, categories: [category], ...expected, updatedAt: expect.any(String) });
    expect(body.updatedAt >= updatedAt).toBe(true);
    expect(await stored(before.id)).toEqual(body);
  });

  it('replaces the whole post with PUT, so that what is left out gets its default', async () => {
    const category = await createCategory(ada);
    const { id, createdAt } = await createPost({ categoryIds: [category.id] });
    const { body } = await ada.agent
      .put(`/posts/${String(id)}`)
      .send({ title: 'A', content: 'B' })
      .expect(200);
    expect(body).toMatchObject({ id, title: 'A', content: 'B', categories: [], author: { id: ada.id }, createdAt });
    expect(await stored(id)).toEqual(body);
  });

  it('refuses a PUT that lacks what has no default', async () => {
    const post = await createPost();
    const { body } = await ada.agent
      .put(`/posts/${String(post.id)}`)
      .send({ title: 'A' })
      .expect(400);
    expect(body.errors).toEqual([{ path: 'content', message: 'must be text' }]);
    expect(await stored(post.id)).toEqual(post);
  });

  it('refuses unknown categories and changes nothing', async () => {
    const post = await createPost();
    const changes = { title: 'New', categoryIds: [999_999] };
    await ada.agent
      .patch(`/posts/${String(post.id)}`)
      .send(changes)
      .expect(422);
    expect(await stored(post.id)).toEqual(post);
  });

  it('loses none of many changes made at the same moment', async () => {
    const { id } = await createPost();
    const { id: categoryId } = await createCategory(ada);
    const change = (body: object) => ada.agent.patch(`/posts/${String(id)}`).send(body);
    const all = [{ title: 'New' }, { content: 'New' }, { categoryIds: [categoryId] }, { categoryIds: [categoryId] }];
    const answers = await Promise.all([...all, ...all].map(change));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await stored(id)).toMatchObject({ title: 'New', content: 'New', categories: [{ id: categoryId }] });
  });

  it('does not bring back a post that is deleted at the same moment', async () => {
    const { id } = await createPost();
    const path = `/posts/${String(id)}`;
    const requests = [1, 2, 3].flatMap(() => [ada.agent.patch(path).send({ title: 'New' }), ada.agent.delete(path)]);
    const statuses = (await Promise.all(requests)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect(statuses.every((status) => [200, 204, 404].includes(status))).toBe(true);
    await api.request.get(path).expect(404);
  });
});

describe('whose post it is', () => {
  const attempts = [
    ['patch', { title: 'Mine' }],
    ['put', { title: 'Mine', content: 'Mine' }],
    ['delete', undefined],
  ] as const;

  it.each(attempts)('refuses %s by a stranger', async (method, change) => {
    const post = await createPost();
    const { body } = await other.agent[method](`/posts/${String(post.id)}`)
      .send(change)
      .expect(403);
    expect(body.detail).toBe('Only the user who created this, or an admin, can change or delete it.');
    expect(await stored(post.id)).toEqual(post);
  });

  it.each(attempts)('refuses %s without a session', async (method, change) => {
    const post = await createPost();
    await api.request[method](`/posts/${String(post.id)}`)
      .send(change)
      .expect(401);
    expect(await stored(post.id)).toEqual(post);
  });

  it.each(attempts)('answers 404 to %s of what does not exist', async (method, change) => {
    await ada.agent[method]('/posts/2147483647').send(change).expect(404);
  });

  it.each(attempts)('refuses %s of an id that is none', async (method, change) => {
    await ada.agent[method]('/posts/abc').send(change).expect(400);
  });

  it('lets an admin change and delete it, and it stays its author’s', async () => {
    const { id } = await createPost();
    const admin = await createAdmin(api);
    const { body } = await admin.agent
      .patch(`/posts/${String(id)}`)
      .send({ title: 'Moderated' })
      .expect(200);
    expect(body).toMatchObject({ title: 'Moderated', author: { id: ada.id } });
    await admin.agent.delete(`/posts/${String(id)}`).expect(204);
    await api.request.get(`/posts/${String(id)}`).expect(404);
  });

  it('keeps a post whose author is gone, which then belongs to nobody', async () => {
    const gone = await createUser(api, 'Gone');
    const { body } = await gone.agent.post('/posts').send({ title: 'Left', content: 'behind' }).expect(201);
    await api.dataSource.query('DELETE FROM users WHERE id = $1', [gone.id]);
    expect(await stored(body.id)).toEqual({ ...body, author: null });
    await ada.agent.delete(`/posts/${String(body.id)}`).expect(403);
  });
});

describe('deleting a post', () => {
  it('answers 204 without a body, and 404 from then on', async () => {
    const { id } = await createPost({ categoryIds: [(await createCategory(ada)).id] });
    const { text } = await ada.agent.delete(`/posts/${String(id)}`).expect(204);
    expect(text).toBe('');
    await api.request.get(`/posts/${String(id)}`).expect(404);
    await ada.agent.delete(`/posts/${String(id)}`).expect(404);
  });
});

describe('listing posts', () => {
  it('filters by author and category, and counts what matches', async () => {
    const [category, second] = [await createCategory(ada), await createCategory(ada)];
    const both = await createPost({ title: 'Both', categoryIds: [category.id, second.id] });
    const one = await createPost({ title: 'One', categoryIds: [category.id] });
    const theirs = { title: 'Theirs', content: 'x', categoryIds: [category.id] };
    await other.agent.post('/posts').send(theirs).expect(201);
    const query = { categoryId: category.id, authorId: ada.id, sort: 'title' };
    const { body } = await api.request.get('/posts').query(query).expect(200);
    expect(body).toEqual({ count: 2, items: [both, one] });
    const { body: rest } = await api.request.get('/posts').query({ categoryId: second.id }).expect(200);
    expect(rest).toEqual({ count: 1, items: [both] });
    await api.request.get('/posts?categoryId=999999').expect(200, { count: 0, items: [] });
  });

  it('finds words in title and content, in other forms, as phrases, and left out', async () => {
    const search = async (words: string) =>
      (await api.request.get('/posts').query({ search: words, sort: 'title' }).expect(200)).body.items.map(
        ({ title }: { title: string }) => title,
      );
    await createPost({ title: 'Quixotic windmills', content: 'The knight was tilting' });
    await createPost({ title: 'Windmill repair', content: 'A manual for the quixotic' });
    expect(await search('windmill')).toEqual(['Quixotic windmills', 'Windmill repair']);
    expect(await search('tilted KNIGHTS')).toEqual(['Quixotic windmills']);
    expect(await search('"windmill repair"')).toEqual(['Windmill repair']);
    expect(await search('quixotic -manual')).toEqual(['Quixotic windmills']);
    expect(await search('tilting or manual')).toEqual(['Quixotic windmills', 'Windmill repair']);
    expect(await search('windmill giants')).toEqual([]);
  });

  it.each([`'`, `"`, `')); DROP TABLE posts; --`, '&|!<->:*', '🦜', '\\', 'the', '-', '%'])(
    'takes %s as words to search, whatever it means elsewhere',
    async (search) => {
      const { body } = await api.request.get('/posts').query({ search }).expect(200);
      expect(body).toEqual({ count: expect.any(Number), items: expect.any(Array) });
    },
  );

  it('lists everything when the search is empty', async () => {
    const { body } = await api.request.get('/posts?search=%20&limit=1').expect(200);
    expect(body.count).toBe(await countPosts());
  });
});
