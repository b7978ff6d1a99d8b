import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from './support/api.js';
import { createAdmin, createUser, logIn, password, type User } from './support/users.js';

let api: Api;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

const newPassword = 'staple battery horse';
/** 19 emoji, 73 bytes: one more than bcrypt reads. */
const tooLongInBytes = '🔑'.repeat(16) + '☕'.repeat(3);

const tryLogIn = (email: string, secret: string) =>
  api.request.post('/authentication/log-in').send({ email, password: secret });

/** Another browser of the same user. */
const otherBrowser = async ({ email }: User) => (await logIn(api, email)).agent;

/** Everything the database knows about an account. */
async function stored({ id }: User) {
  const [user] = await api.dataSource.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = $1', [id]);
  const tokens = await api.dataSource.query<{ purpose: string; email: string }[]>(
    'SELECT purpose, email FROM mail_tokens WHERE "userId" = $1 ORDER BY purpose',
    [id],
  );
  return { user, tokens };
}

/** As if the link of a mail had been opened. */
async function confirm({ id }: User): Promise<void> {
  await api.dataSource.query('UPDATE users SET "emailConfirmedAt" = now() WHERE id = $1', [id]);
}

describe('changing the password', () => {
  const change = ({ agent }: User, body: object) => agent.patch('/authentication/password').send(body);

  it('makes the new one work, and the old one work no more', async () => {
    const user = await createUser(api);
    await change(user, { currentPassword: password, newPassword }).expect(204);
    await tryLogIn(user.email, password).expect(401);
    await tryLogIn(user.email, newPassword).expect(200);
  });

  it('ends all other sessions at once, but not the one that did it', async () => {
    const user = await createUser(api);
    const others = [await otherBrowser(user), await otherBrowser(user)];
    await change(user, { currentPassword: password, newPassword }).expect(204);
    for (const other of others) {
      await other.get('/authentication').expect(401);
      await other.post('/authentication/refresh').expect(401);
    }
    await user.agent.get('/authentication').expect(200);
    await user.agent.post('/authentication/refresh').expect(204);
    await user.agent.get('/authentication').expect(200);
  });

  it('leaves the sessions of everybody else alone', async () => {
    const [user, other] = [await createUser(api), await createUser(api)];
    await change(user, { currentPassword: password, newPassword }).expect(204);
    await other.agent.get('/authentication').expect(200);
  });

  it('refuses a wrong current password, and changes nothing', async () => {
    const user = await createUser(api);
    const [before, other] = [await stored(user), await otherBrowser(user)];
    const { body } = await change(user, { currentPassword: 'wrong password', newPassword }).expect(403);
    expect(body.detail).toBe('The password is wrong.');
    expect(await stored(user)).toEqual(before);
    await other.get('/authentication').expect(200);
  });

  it('lets a stolen session guess the current password ten times, and no more', async () => {
    const user = await createUser(api);
    for (let attempt = 1; attempt <= 10; attempt += 1)
      await change(user, { currentPassword: `guess ${attempt}`, newPassword }).expect(403);
    const { headers } = await change(user, { currentPassword: password, newPassword }).expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await user.agent.get('/authentication').expect(200);
  });

  it('refuses the password of 72 bytes for a longer one that begins with it', async () => {
    const user = await createUser(api);
    const full = '🔑'.repeat(18);
    await change(user, { currentPassword: password, newPassword: full }).expect(204);
    await change(user, { currentPassword: `${full}x`, newPassword }).expect(403);
    await tryLogIn(user.email, `${full}x`).expect(401);
    await tryLogIn(user.email, full).expect(200);
  });

  it.each([
    ['of 73 bytes in 19 emoji', tooLongInBytes, 'must not be longer than 72 bytes (in UTF-8)'],
    ['of 7 characters', 'horse 7', 'must have at least 8 characters'],
    ['that attackers try first', 'iloveyou', 'is one of the passwords that attackers try first'],
    ['that attackers try first, in capitals', 'PassWord1', 'is one of the passwords that attackers try first'],
    ['with a NUL', 'correct\0horse', 'must not contain NUL characters or broken Unicode'],
    ['that is no text', 12_345_678, 'must be text'],
  ])('refuses a new password %s', async (_, refused, message) => {
    const user = await createUser(api);
    const before = await stored(user);
    const { body } = await change(user, { currentPassword: password, newPassword: refused }).expect(400);
    expect(body.errors).toContainEqual({ path: 'newPassword', message });
    expect(JSON.stringify(body)).not.toContain(String(refused));
    expect(await stored(user)).toEqual(before);
  });

  it('takes any characters, and a long password of few different ones', async () => {
    const user = await createUser(api);
    const unusual = ' пароль 密码 🔑 ';
    await change(user, { currentPassword: password, newPassword: unusual }).expect(204);
    await tryLogIn(user.email, unusual.trim()).expect(401);
    await tryLogIn(user.email, unusual).expect(200);
    await change(user, { currentPassword: unusual, newPassword: 'x'.repeat(72) }).expect(204);
    await tryLogIn(user.email, 'x'.repeat(72)).expect(200);
  });

  it('takes back the links that were sent by mail before', async () => {
    const user = await createUser(api);
    expect((await stored(user)).tokens).toHaveLength(1);
    await change(user, { currentPassword: password, newPassword }).expect(204);
    expect((await stored(user)).tokens).toEqual([]);
  });
});

describe('changing the account', () => {
  const change = ({ agent }: User, body: object) => agent.patch('/authentication').send(body);

  it('changes the name without the password, and shows it everywhere', async () => {
    const user = await createUser(api);
    const { body: post } = await user.agent.post('/posts').send({ title: 'Hello', content: 'World' }).expect(201);
    await confirm(user);
    const { body } = await change(user, { name: '  Countess of Lovelace ' }).expect(200);
    expect(body).toMatchObject({ id: user.id, email: user.email, name: 'Countess of Lovelace', role: 'user' });
    expect(body.emailConfirmedAt).toEqual(expect.any(String));
    await user.agent.get('/authentication').expect(200, body);
    const { body: read } = await api.request.get(`/posts/${String(post.id)}`).expect(200);
    expect(read.author).toEqual({ id: user.id, name: 'Countess of Lovelace' });
  });

  it('changes the e-mail address with the password; the new one is not confirmed yet', async () => {
    const user = await createUser(api);
    await confirm(user);
    const email = `new-${user.email}`;
    const { body } = await change(user, { email, password }).expect(200);
    expect(body).toMatchObject({ email, emailConfirmedAt: null });
    expect((await stored(user)).tokens).toEqual([{ purpose: 'email-confirmation', email }]);
    await tryLogIn(user.email, password).expect(401);
    await tryLogIn(email, password).expect(200);
  });

  it.each([
    ['without the password', {}, 400],
    ['with a wrong password', { password: 'wrong password' }, 403],
  ])('refuses a new e-mail address %s, and changes nothing, the name neither', async (_, proof, status) => {
    const user = await createUser(api);
    const before = await stored(user);
    await change(user, { email: `new-${user.email}`, name: 'Mallory', ...proof }).expect(status);
    expect(await stored(user)).toEqual(before);
  });

  it('refuses the address of somebody else, whatever its case', async () => {
    const [user, other] = [await createUser(api), await createUser(api)];
    const before = await stored(user);
    const taken = { email: other.email.toUpperCase(), name: 'Mallory', password };
    const { body } = await change(user, taken).expect(409);
    expect(body.detail).toBe('There is already an account with this e-mail address.');
    expect(await stored(user)).toEqual(before);
  });

  it('takes the same address in another case', async () => {
    const user = await createUser(api);
    const email = user.email.toUpperCase();
    const { body } = await change(user, { email, password }).expect(200);
    expect(body.email).toBe(email);
  });

  it.each([
    ['with a display name', 'Ada <ada@example.org>'],
    ['with CR LF and a header', 'ada@example.org\r\nBcc: eve@example.org'],
    ['with a line feed before the @', 'ada\n@example.org'],
    ['that are two', 'ada@example.org, eve@example.org'],
    ['of 500 characters', `${'a'.repeat(488)}@example.org`],
    ['of 255 characters', `${'a'.repeat(243)}@example.org`],
    ['without an @', 'example.org'],
    ['with a NUL', 'ada\0@example.org'],
    ['that is empty', ' '],
    ['that is a list', ['ada@example.org']],
    ['that is null', null],
  ])('refuses an e-mail address %s, and changes nothing', async (_, email) => {
    const user = await createUser(api);
    const before = await stored(user);
    const { body } = await change(user, { email, password, name: 'Mallory' }).expect(400);
    expect(body.errors).toEqual([{ path: 'email', message: expect.any(String) }]);
    expect(await stored(user)).toEqual(before);
  });

  it.each(['id', 'role', 'emailConfirmedAt', 'passwordHash', 'createdAt', '__proto__'])(
    'refuses to set %s',
    async (key) => {
      const user = await createUser(api);
      const before = await stored(user);
      const { body } = await user.agent
        .patch('/authentication')
        .type('json')
        .send(`{"name":"Mallory","${key}":"admin"}`)
        .expect(400);
      expect(body.errors).toEqual([{ path: key, message: 'is not a known field' }]);
      expect(await stored(user)).toEqual(before);
    },
  );
});

describe('deleting the account', () => {
  const remove = ({ agent }: User, secret = password) => agent.delete('/authentication').send({ password: secret });

  it('removes the user, its sessions and its links, and clears the cookies', async () => {
    const user = await createUser(api);
    const other = await otherBrowser(user);
    const { headers } = await remove(user).expect(204);
    expect(headers['set-cookie']).toEqual([
      'Authentication=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
      'Refresh=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
    ]);
    expect(await stored(user)).toEqual({ user: undefined, tokens: [] });
    await other.get('/authentication').expect(401);
    await other.post('/authentication/refresh').expect(401);
    await tryLogIn(user.email, password).expect(401);
  });

  it('refuses a wrong password, and keeps the account and its sessions', async () => {
    const user = await createUser(api);
    const before = await stored(user);
    const { headers } = await remove(user, 'wrong password').expect(403);
    expect(headers['set-cookie']).toBeUndefined();
    expect(await stored(user)).toEqual(before);
    await user.agent.get('/authentication').expect(200);
  });

  it('refuses without a password', async () => {
    const user = await createUser(api);
    await user.agent.delete('/authentication').expect(400);
    await user.agent.get('/authentication').expect(200);
  });

  it('keeps what the account made, without a name on it', async () => {
    const user = await createUser(api);
    const price = { amount: 100, currency: 'EUR' };
    const made = {
      posts: await user.agent.post('/posts').send({ title: 'Remains', content: 'Text' }).expect(201),
      categories: await user.agent.post('/categories').send({ name: 'Remains' }).expect(201),
      products: await user.agent.post('/products').send({ name: 'Remains', price }).expect(201),
    };
    await remove(user).expect(204);
    for (const [list, { body: before }] of Object.entries(made)) {
      const nobody = list === 'posts' ? { author: null } : { creator: null };
      const { body: after } = await api.request.get(`/${list}/${String(before.id)}`).expect(200);
      expect(after).toEqual({ ...before, ...nobody });
      const { body: page } = await api.request.get(`/${list}?limit=100`).expect(200);
      expect(page.items).toContainEqual(after);
    }
  });

  it('leaves its posts to admins alone: not to a stranger, nor to whoever registers the address again', async () => {
    const [user, stranger, admin] = [await createUser(api), await createUser(api), await createAdmin(api)];
    const { headers } = await user.agent.post('/posts').send({ title: 'Remains', content: 'Text' }).expect(201);
    const path = String(headers.location);
    await remove(user).expect(204);
    const { email } = user;
    const account = { email, name: 'Ada', password };
    const { body } = await api.request.post('/authentication/register').send(account).expect(201);
    expect(body.id).not.toBe(user.id);
    const { agent: again } = await logIn(api, email);
    for (const agent of [stranger.agent, again]) await agent.patch(path).send({ title: 'Mine' }).expect(403);
    await admin.agent.delete(path).expect(204);
  });
});
