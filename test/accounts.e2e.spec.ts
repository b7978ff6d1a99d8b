import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Api } from './support/api.js';
import { password, signUp } from './support/people.js';

let api: Api;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

const newPassword = 'staple battery horse';
/** 19 emoji, 73 bytes: one more than bcrypt reads. */
const tooLongInBytes = '🔑'.repeat(16) + '☕'.repeat(3);

type Person = Awaited<ReturnType<typeof signUp>>;

const logIn = (email: string, secret: string) =>
  api.request.post('/authentication/log-in').send({ email, password: secret });

/** Another browser of the same person. */
async function anotherBrowser({ email }: Person, secret = password) {
  const agent = api.agent();
  await agent.post('/authentication/log-in').send({ email, password: secret }).expect(200);
  return agent;
}

/** Everything the database knows about an account. */
async function stored({ id }: Person) {
  const [user] = await api.dataSource.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = $1', [id]);
  const tokens = await api.dataSource.query<{ purpose: string; email: string }[]>(
    'SELECT purpose, email FROM mail_tokens WHERE "userId" = $1 ORDER BY purpose',
    [id],
  );
  return { user, tokens };
}

/** As if the link of a mail had been opened. */
async function confirm({ id }: Person): Promise<void> {
  await api.dataSource.query('UPDATE users SET "emailConfirmedAt" = now() WHERE id = $1', [id]);
}

describe('changing the password', () => {
  const change = ({ agent }: Person, body: object) => agent.patch('/authentication/password').send(body);

  it('makes the new one work, and the old one work no more', async () => {
    const person = await signUp(api);
    await change(person, { currentPassword: password, newPassword }).expect(204);
    await logIn(person.email, password).expect(401);
    await logIn(person.email, newPassword).expect(200);
  });

  it('ends all other sessions at once, but not the one that did it', async () => {
    const person = await signUp(api);
    const others = [await anotherBrowser(person), await anotherBrowser(person)];
    await change(person, { currentPassword: password, newPassword }).expect(204);
    for (const other of others) {
      await other.get('/authentication').expect(401);
      await other.post('/authentication/refresh').expect(401);
    }
    await person.agent.get('/authentication').expect(200);
    await person.agent.post('/authentication/refresh').expect(204);
    await person.agent.get('/authentication').expect(200);
  });

  it('leaves the sessions of everybody else alone', async () => {
    const [person, other] = [await signUp(api), await signUp(api)];
    await change(person, { currentPassword: password, newPassword }).expect(204);
    await other.agent.get('/authentication').expect(200);
  });

  it('refuses a wrong current password, and changes nothing', async () => {
    const person = await signUp(api);
    const [before, other] = [await stored(person), await anotherBrowser(person)];
    const { body } = await change(person, { currentPassword: 'wrong password', newPassword }).expect(403);
    expect(body.detail).toBe('The password is wrong.');
    expect(await stored(person)).toEqual(before);
    await other.get('/authentication').expect(200);
  });

  it('lets a stolen session guess the current password ten times, and no more', async () => {
    const person = await signUp(api);
    for (let attempt = 1; attempt <= 10; attempt += 1)
      await change(person, { currentPassword: `guess ${attempt}`, newPassword }).expect(403);
    const { headers } = await change(person, { currentPassword: password, newPassword }).expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await person.agent.get('/authentication').expect(200);
  });

  it('refuses the password of 72 bytes for a longer one that begins with it', async () => {
    const person = await signUp(api);
    const full = '🔑'.repeat(18);
    await change(person, { currentPassword: password, newPassword: full }).expect(204);
    await change(person, { currentPassword: `${full}x`, newPassword }).expect(403);
    await logIn(person.email, `${full}x`).expect(401);
    await logIn(person.email, full).expect(200);
  });

  it.each([
    ['of 73 bytes in 19 emoji', tooLongInBytes, 'must not be longer than 72 bytes (in UTF-8)'],
    ['of 7 characters', 'horse 7', 'must have at least 8 characters'],
    ['that attackers try first', 'iloveyou', 'is one of the passwords that attackers try first'],
    ['that attackers try first, in capitals', 'PassWord1', 'is one of the passwords that attackers try first'],
    ['with a NUL', 'correct\0horse', 'must not hold NUL characters or broken Unicode'],
    ['that is no text', 12_345_678, 'must be text'],
  ])('refuses a new password %s', async (_, refused, message) => {
    const person = await signUp(api);
    const before = await stored(person);
    const { body } = await change(person, { currentPassword: password, newPassword: refused }).expect(400);
    expect(body.errors).toContainEqual({ path: 'newPassword', message });
    expect(JSON.stringify(body)).not.toContain(String(refused));
    expect(await stored(person)).toEqual(before);
  });

  it('takes any characters, and a long password of few different ones', async () => {
    const person = await signUp(api);
    const unusual = ' пароль 密码 🔑 ';
    await change(person, { currentPassword: password, newPassword: unusual }).expect(204);
    await logIn(person.email, unusual.trim()).expect(401);
    await logIn(person.email, unusual).expect(200);
    await change(person, { currentPassword: unusual, newPassword: 'x'.repeat(72) }).expect(204);
    await logIn(person.email, 'x'.repeat(72)).expect(200);
  });

  it('takes back the links that were sent by mail before', async () => {
    const person = await signUp(api);
    expect((await stored(person)).tokens).toHaveLength(1);
    await change(person, { currentPassword: password, newPassword }).expect(204);
    expect((await stored(person)).tokens).toEqual([]);
  });
});

describe('changing the account', () => {
  const change = ({ agent }: Person, body: object) => agent.patch('/authentication').send(body);

  it('changes the name without the password, and shows it everywhere', async () => {
    const person = await signUp(api);
    const { body: post } = await person.agent.post('/posts').send({ title: 'Hello', content: 'World' }).expect(201);
    await confirm(person);
    const { body } = await change(person, { name: '  Countess of Lovelace ' }).expect(200);
    expect(body).toMatchObject({ id: person.id, email: person.email, name: 'Countess of Lovelace', role: 'user' });
    expect(body.emailConfirmedAt).toEqual(expect.any(String));
    await person.agent.get('/authentication').expect(200, body);
    const { body: read } = await api.request.get(`/posts/${String(post.id)}`).expect(200);
    expect(read.author).toEqual({ id: person.id, name: 'Countess of Lovelace' });
  });

  it('changes the e-mail address with the password; the new one is not confirmed yet', async () => {
    const person = await signUp(api);
    await confirm(person);
    const email = `new-${person.email}`;
    const { body } = await change(person, { email, password }).expect(200);
    expect(body).toMatchObject({ email, emailConfirmedAt: null });
    expect((await stored(person)).tokens).toEqual([{ purpose: 'email-confirmation', email }]);
    await logIn(person.email, password).expect(401);
    await logIn(email, password).expect(200);
  });

  it.each([
    ['without the password', {}, 400],
    ['with a wrong password', { password: 'wrong password' }, 403],
  ])('refuses a new e-mail address %s, and changes nothing, the name neither', async (_, proof, status) => {
    const person = await signUp(api);
    const before = await stored(person);
    await change(person, { email: `new-${person.email}`, name: 'Mallory', ...proof }).expect(status);
    expect(await stored(person)).toEqual(before);
  });

  it('refuses the address of somebody else, whatever its case', async () => {
    const [person, other] = [await signUp(api), await signUp(api)];
    const before = await stored(person);
    const taken = { email: other.email.toUpperCase(), name: 'Mallory', password };
    const { body } = await change(person, taken).expect(409);
    expect(body.detail).toBe('There is already an account with this e-mail address.');
    expect(await stored(person)).toEqual(before);
  });

  it('takes the same address in another case', async () => {
    const person = await signUp(api);
    const email = person.email.toUpperCase();
    const { body } = await change(person, { email, password }).expect(200);
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
    const person = await signUp(api);
    const before = await stored(person);
    const { body } = await change(person, { email, password, name: 'Mallory' }).expect(400);
    expect(body.errors).toEqual([{ path: 'email', message: expect.any(String) }]);
    expect(await stored(person)).toEqual(before);
  });

  it.each(['id', 'role', 'emailConfirmedAt', 'passwordHash', 'createdAt', '__proto__'])(
    'refuses to set %s',
    async (key) => {
      const person = await signUp(api);
      const before = await stored(person);
      const { body } = await person.agent
        .patch('/authentication')
        .type('json')
        .send(`{"name":"Mallory","${key}":"admin"}`)
        .expect(400);
      expect(body.errors).toEqual([{ path: key, message: 'is not known here' }]);
      expect(await stored(person)).toEqual(before);
    },
  );
});

describe('deleting the account', () => {
  const remove = ({ agent }: Person, secret = password) => agent.delete('/authentication').send({ password: secret });

  it('removes the user, its sessions and its links, and clears the cookies', async () => {
    const person = await signUp(api);
    const other = await anotherBrowser(person);
    const { headers } = await remove(person).expect(204);
    expect(headers['set-cookie']).toEqual([
      'Authentication=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
      'Refresh=; Path=/authentication; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
    ]);
    expect(await stored(person)).toEqual({ user: undefined, tokens: [] });
    await other.get('/authentication').expect(401);
    await other.post('/authentication/refresh').expect(401);
    await logIn(person.email, password).expect(401);
  });

  it('refuses a wrong password, and keeps the account and its sessions', async () => {
    const person = await signUp(api);
    const before = await stored(person);
    const { headers } = await remove(person, 'wrong password').expect(403);
    expect(headers['set-cookie']).toBeUndefined();
    expect(await stored(person)).toEqual(before);
    await person.agent.get('/authentication').expect(200);
  });

  it('refuses without a password', async () => {
    const person = await signUp(api);
    await person.agent.delete('/authentication').expect(400);
    await person.agent.get('/authentication').expect(200);
  });

  it('keeps what the account made, without a name on it', async () => {
    const person = await signUp(api);
    const price = { amount: 100, currency: 'EUR' };
    const made = {
      posts: await person.agent.post('/posts').send({ title: 'Remains', content: 'Text' }).expect(201),
      categories: await person.agent.post('/categories').send({ name: 'Remains' }).expect(201),
      products: await person.agent.post('/products').send({ name: 'Remains', price }).expect(201),
    };
    await remove(person).expect(204);
    for (const [list, { body: before }] of Object.entries(made)) {
      const nobody = list === 'posts' ? { author: null } : { creator: null };
      const { body: after } = await api.request.get(`/${list}/${String(before.id)}`).expect(200);
      expect(after).toEqual({ ...before, ...nobody });
      const { body: page } = await api.request.get(`/${list}?limit=100`).expect(200);
      expect(page.items).toContainEqual(after);
    }
  });

  it('leaves its posts to admins alone: not to a stranger, nor to whoever registers the address again', async () => {
    const [person, stranger, admin] = [await signUp(api), await signUp(api), await signUp(api)];
    await api.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    const { headers } = await person.agent.post('/posts').send({ title: 'Remains', content: 'Text' }).expect(201);
    const path = String(headers.location);
    await remove(person).expect(204);
    const again = api.agent();
    const { email } = person;
    const { body } = await again.post('/authentication/register').send({ email, name: 'Ada', password }).expect(201);
    expect(body.id).not.toBe(person.id);
    await again.post('/authentication/log-in').send({ email, password }).expect(200);
    for (const agent of [stranger.agent, again]) await agent.patch(path).send({ title: 'Mine' }).expect(403);
    await admin.agent.delete(path).expect(204);
  });
});
