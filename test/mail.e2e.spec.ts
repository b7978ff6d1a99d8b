import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { startApi, type Api } from './support/api.js';
import { createTestDatabase, describeOnServer, type TestDatabase } from './support/database.js';
import { createUser, logIn as logInAs, password } from './support/users.js';
import { freePort } from './support/free-port.js';
import { ApiProcess, killAll } from './support/process.js';
import { linkIn, Mailbox, tokenIn } from './support/smtp.js';
import { waitUntil } from './support/wait.js';

const newPassword = 'staple battery horse';

let mailbox: Mailbox;
let api: Api;
beforeAll(async () => {
  mailbox = await Mailbox.open();
  const FRONTEND_URL = 'http://localhost:4200, http://localhost:5173';
  // Pooled, because this mail server keeps every new connection waiting for 100 ms.
  const SMTP_URL = `${mailbox.url}/?pool=true`;
  const PASSWORD_RESET_URL = 'http://localhost:4200/account/new-password?from=mail';
  const EMAIL_CONFIRMATION_URL = 'http://localhost:5173/confirm';
  const pages = { PASSWORD_RESET_URL, EMAIL_CONFIRMATION_URL };
  api = await startApi({ SMTP_URL, MAIL_FROM: 'Shop <shop@example.net>', FRONTEND_URL, ...pages });
});
afterAll(async () => {
  await api.close();
  await mailbox.close();
});

const post = (path: string, body: object) => api.request.post(`/authentication/${path}`).send(body);
const askForReset = (email: string) => post('password-reset', { email });
const reset = (token: string, secret = newPassword) => post('password-reset/confirmation', { token, password: secret });
const confirm = (token: string) => post('email-confirmation/confirmation', { token });
const logIn = (email: string, secret: string) => post('log-in', { email, password: secret });

/** The newest mail to somebody, when it is the nth. */
async function mailTo(email: string, nth: number) {
  const mail = (await mailbox.to(email, nth)).at(-1);
  if (mail === undefined) throw new Error('asked for no mail');
  return mail;
}

/** Somebody whose first mail, the confirmation of the address, has arrived. */
async function newcomer() {
  const person = await createUser(api);
  return { ...person, confirmation: tokenIn(await mailTo(person.email, 1)) };
}

/** Somebody who asked for a link to set a new password. */
async function forgetful() {
  const person = await newcomer();
  await askForReset(person.email).expect(204);
  return { ...person, token: tokenIn(await mailTo(person.email, 2)) };
}

async function query<Row>(sql: string, ...parameters: unknown[]): Promise<Row[]> {
  return api.dataSource.query<Row[]>(sql, parameters);
}

async function expire(userId: number): Promise<void> {
  await query(`UPDATE mail_tokens SET "expiresAt" = now() - interval '1 ms' WHERE "userId" = $1`, userId);
}

async function confirmedAt(userId: number): Promise<Date | null | undefined> {
  const [row] = await query<{ emailConfirmedAt: Date | null }>('SELECT * FROM users WHERE id = $1', userId);
  return row?.emailConfirmedAt;
}

describe('a mail', () => {
  it('confirms a new address: to it alone, from MAIL_FROM, with a link to the first origin of FRONTEND_URL', async () => {
    const { email } = await createUser(api);
    const mail = await mailTo(email, 1);
    expect(mail.to).toEqual([email]);
    expect(mail.header).toMatch(/^From: Shop <shop@example\.net>$/m);
    expect(mail.header).toMatch(new RegExp(`^To: ${email}$`, 'm'));
    expect(mail.header).toMatch(/^Subject: Confirm your e-mail address$/m);
    expect(linkIn(mail).href).toMatch(/^http:\/\/localhost:5173\/confirm\?token=[\w-]{43}$/);
  });

  it('resets a password, with a link to the same origin', async () => {
    const { email } = await newcomer();
    await askForReset(email).expect(204);
    const mail = await mailTo(email, 2);
    expect(mail.header).toMatch(/^Subject: Set a new password$/m);
    expect(linkIn(mail).href).toMatch(/^http:\/\/localhost:4200\/account\/new-password\?from=mail&token=[\w-]{43}$/);
  });

  it.each([
    ['the Host', { Host: 'internal' }],
    ['X-Forwarded-Host', { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' }],
    ['the Origin', { Origin: 'http://localhost:5173' }],
  ])('never takes its link from %s of the request', async (_, headers) => {
    const { email } = await newcomer();
    await askForReset(email).set(headers).expect(204);
    expect(linkIn(await mailTo(email, 2)).origin).toBe('http://localhost:4200');
  });

  it('leaves its token in the database as a hash alone', async () => {
    const { id, token, confirmation } = await forgetful();
    const rows = await query<{ purpose: string; hash: Buffer; text: string }>(
      'SELECT *, row_to_json(mail_tokens)::text AS text FROM mail_tokens WHERE "userId" = $1 ORDER BY purpose',
      id,
    );
    const hashes = [confirmation, token].map((each) =>
      createHash('sha256').update(Buffer.from(each, 'base64url')).digest('hex'),
    );
    expect(rows.map(({ hash }) => hash.toString('hex'))).toEqual(hashes);
    for (const { text } of rows)
      for (const each of [token, confirmation]) {
        expect(text).not.toContain(each);
        expect(text).not.toContain(Buffer.from(each, 'base64url').toString('hex'));
      }
  });

  it.each([
    ['register', 'ada@example.org\r\nBcc: eve@example.org'],
    ['register', 'ada@example.org\nSubject: Hello'],
    ['register', 'ada@example.org, eve@example.org'],
    ['register', 'Ada <eve@example.org>'],
    ['password-reset', 'ada@example.org\r\nBcc: eve@example.org'],
    ['password-reset', 'ada@example.org, eve@example.org'],
    ['password-reset', 'Ada <eve@example.org>'],
  ])('cannot be given another header or recipient (%s: %j)', async (path, email) => {
    const before = mailbox.mails.length;
    const account = path === 'register' ? { name: 'Ada', password } : {};
    await post(path, { email, ...account }).expect(400);
    const { email: sentinel } = await newcomer();
    expect(mailbox.mails.slice(before).map(({ to }) => to)).toEqual([[sentinel]]);
  });

  it('carries nothing of the name a stranger chose', async () => {
    const email = 'victim@example.org';
    await post('register', { email, name: 'Win a prize at http://evil.example', password }).expect(201);
    const { header, text } = await mailTo(email, 1);
    expect(header + text).not.toMatch(/prize|evil/);
  });
});

describe('asking for a new password', () => {
  it('answers the same for an unknown address, and sends nothing to it', async () => {
    const { email, id } = await newcomer();
    const unknown = await askForReset('nobody@example.org').expect(204);
    const known = await askForReset(email.toUpperCase()).expect(204);
    const withoutVariables = ({ headers }: typeof known) => {
      const { date, 'x-request-id': requestId, ratelimit, ...rest } = headers as Record<string, string>;
      expect([date, requestId, ratelimit]).not.toContain(undefined);
      return rest;
    };
    expect(withoutVariables(unknown)).toEqual(withoutVariables(known));
    expect(unknown.text).toBe(known.text);
    await mailTo(email, 2); // asked for later, so one for nobody would be here
    expect(mailbox.mails.filter(({ to }) => to.includes('nobody@example.org'))).toEqual([]);
    const tokens = await query<{ userId: number }>(`SELECT * FROM mail_tokens WHERE purpose = 'password-reset'`);
    expect(tokens.filter(({ userId }) => userId === id)).toHaveLength(1);
    expect(await query(`SELECT FROM mail_tokens WHERE email = 'nobody@example.org'`)).toEqual([]);
  });

  it('sends to the address of the account, however the request wrote it', async () => {
    const { email } = await newcomer();
    await askForReset(email.toUpperCase()).expect(204);
    expect((await mailTo(email, 2)).to).toEqual([email]);
  });

  it('makes the link before it useless', async () => {
    const { email, token } = await forgetful();
    await askForReset(email).expect(204);
    const newer = tokenIn(await mailTo(email, 3));
    await reset(token).expect(400);
    await reset(newer).expect(204);
  });

  it('neither ends a session nor changes the password: anybody could ask', async () => {
    const { agent, email } = await forgetful();
    await agent.get('/authentication').expect(200);
    await logIn(email, password).expect(200);
  });
});

describe('setting a new password', () => {
  it('changes it, confirms the address and ends all sessions', async () => {
    const { agent, email, id, token } = await forgetful();
    const { agent: other } = await logInAs(api, email);
    const { headers } = await reset(token).expect(204);
    expect(headers['set-cookie']).toBeUndefined(); // a link in a mail logs nobody in
    for (const browser of [agent, other]) {
      await browser.get('/authentication').expect(401);
      await browser.post('/authentication/refresh').expect(401);
    }
    expect(await query('SELECT FROM sessions WHERE "userId" = $1', id)).toEqual([]);
    await logIn(email, password).expect(401);
    const { body } = await logIn(email, newPassword).expect(200);
    expect(body.emailConfirmedAt).toEqual(expect.any(String));
  });

  it('works once', async () => {
    const { email, token } = await forgetful();
    await reset(token).expect(204);
    const { body } = await reset(token, 'another new password').expect(400);
    expect(body.detail).toBe('This link was used before or has expired: request a new one.');
    await logIn(email, newPassword).expect(200);
  });

  it('works for one of ten who use the link at the same moment', async () => {
    const { email, token } = await forgetful();
    const passwords = Array.from({ length: 10 }, (_, index) => `staple battery ${index}`);
    const answers = await Promise.all(passwords.map((each) => reset(token, each)));
    const statuses = answers.map(({ status }) => status);
    expect([...statuses].sort()).toEqual([204, ...Array<number>(9).fill(400)]);
    await logIn(email, passwords[statuses.indexOf(204)] ?? '').expect(200);
  });

  it('refuses a link that is an hour old', async () => {
    const { email, id, token } = await forgetful();
    const [row] = await query<{ lifetime: number }>(
      `SELECT extract(epoch FROM "expiresAt" - "createdAt")::float AS lifetime
       FROM mail_tokens WHERE "userId" = $1 AND purpose = 'password-reset'`,
      id,
    );
    expect(row?.lifetime).toBeGreaterThan(3_500);
    expect(row?.lifetime).toBeLessThanOrEqual(3_601);
    await expire(id);
    await reset(token).expect(400);
    await logIn(email, password).expect(200);
  });

  it('refuses the link that confirms an address, and leaves it usable for that', async () => {
    const { email, confirmation } = await newcomer();
    await reset(confirmation).expect(400);
    await logIn(email, password).expect(200);
    await confirm(confirmation).expect(204);
  });

  it.each([
    ['nobody was given', 'A'.repeat(43)],
    ['is too short', 'A'.repeat(42)],
    ['is too long', 'A'.repeat(44)],
    ['is empty', ''],
    ['holds SQL', `' OR 1=1 --`],
    ['is the hash in hexadecimal', 'a'.repeat(64)],
    ['is a list', ['A'.repeat(43)]],
  ])('refuses a token that %s', async (_, token) => {
    const before = await query('SELECT * FROM mail_tokens ORDER BY hash');
    expect(before).not.toEqual([]);
    await post('password-reset/confirmation', { token, password: newPassword }).expect(400);
    await post('email-confirmation/confirmation', { token }).expect(400);
    expect(await query('SELECT * FROM mail_tokens ORDER BY hash')).toEqual(before);
  });

  it('refuses a common password, and leaves the link usable', async () => {
    const { token } = await forgetful();
    const { body } = await reset(token, 'iloveyou').expect(400);
    expect(body.errors).toEqual([{ path: 'password', message: 'is one of the passwords that attackers try first' }]);
    await reset(token).expect(204);
  });

  it('refuses the link once the password was changed', async () => {
    const { agent, email, token } = await forgetful();
    await agent.patch('/authentication/password').send({ currentPassword: password, newPassword }).expect(204);
    await reset(token, 'the one who read the mail').expect(400);
    await logIn(email, newPassword).expect(200);
  });

  it('refuses the link once the address was changed', async () => {
    const { agent, email, token } = await forgetful();
    await agent
      .patch('/authentication')
      .send({ email: `new-${email}`, password })
      .expect(200);
    await reset(token, 'the one who reads the old address').expect(400);
    await logIn(`new-${email}`, password).expect(200);
  });

  it('refuses a link to a former address even when it was made a moment too late', async () => {
    const { email, id, token } = await forgetful();
    await query('UPDATE users SET email = $2 WHERE id = $1', id, `new-${email}`);
    await reset(token).expect(400);
    await logIn(`new-${email}`, password).expect(200);
  });

  it('refuses the link once the account was deleted', async () => {
    const { agent, token } = await forgetful();
    await agent.delete('/authentication').send({ password }).expect(204);
    await reset(token).expect(400);
  });
});

describe('confirming an e-mail address', () => {
  it('notes when, once', async () => {
    const { agent, id, confirmation } = await newcomer();
    expect(await confirmedAt(id)).toBeNull();
    const before = Date.now();
    await confirm(confirmation).expect(204);
    const after = Date.now();
    const { body } = await agent.get('/authentication').expect(200);
    const confirmed = Date.parse(String(body.emailConfirmedAt));
    expect(confirmed).toBeGreaterThanOrEqual(before - 1);
    expect(confirmed).toBeLessThanOrEqual(after + 1);
    await confirm(confirmation).expect(400);
  });

  it('logs nobody in', async () => {
    const { confirmation } = await newcomer();
    const { headers } = await confirm(confirmation).expect(204);
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('refuses a link that is three days old', async () => {
    const { id, confirmation } = await newcomer();
    await expire(id);
    await confirm(confirmation).expect(400);
    expect(await confirmedAt(id)).toBeNull();
  });

  it('refuses the link that resets a password, and leaves it usable for that', async () => {
    const { id, token } = await forgetful();
    await confirm(token).expect(400);
    expect(await confirmedAt(id)).toBeNull();
    await reset(token).expect(204);
  });

  it('sends a new link on request, which makes the one before it useless', async () => {
    const { agent, id, email, confirmation } = await newcomer();
    await agent.post('/authentication/email-confirmation').expect(204);
    const newer = tokenIn(await mailTo(email, 2));
    await confirm(confirmation).expect(400);
    expect(await confirmedAt(id)).toBeNull();
    await confirm(newer).expect(204);
    expect(await confirmedAt(id)).toEqual(expect.any(Date));
  });

  it('asks again after a change of address: at the new one, with the old link useless', async () => {
    const { agent, id, email, confirmation } = await newcomer();
    await agent
      .patch('/authentication')
      .send({ email: `new-${email}`, password })
      .expect(200);
    const newer = tokenIn(await mailTo(`new-${email}`, 1));
    expect(await mailbox.to(email)).toHaveLength(1);
    await confirm(confirmation).expect(400);
    expect(await confirmedAt(id)).toBeNull();
    await confirm(newer).expect(204);
    expect(await confirmedAt(id)).toEqual(expect.any(Date));
  });

  it('sends nothing when an address that is taken is refused', async () => {
    const [person, other] = [await newcomer(), await newcomer()];
    await person.agent.patch('/authentication').send({ email: other.email, password }).expect(409);
    await askForReset(person.email).expect(204);
    await mailTo(person.email, 2);
    expect(await mailbox.to(other.email)).toHaveLength(1);
  });
});

it('without settings for the pages, a link points to the one origin of FRONTEND_URL, whatever patterns there are', async () => {
  const FRONTEND_URL = 'https://*.example.com,https://app.example.com';
  const secure = await startApi({ SMTP_URL: mailbox.url, FRONTEND_URL, API_URL: 'https://api.example.com' });
  try {
    const { email } = await registered(secure);
    expect(linkIn(await mailTo(email, 1)).href).toMatch(/^https:\/\/app\.example\.com\/confirm-email\?token=/);
  } finally {
    await secure.close();
  }
});

/** Without logging in, which over https needs a browser. */
async function registered({ request }: Api) {
  const account = { email: 'elsewhere@example.com', name: 'Ada', password };
  await request.post('/authentication/register').send(account).expect(201);
  return account;
}

describe('without its mail server', () => {
  it('answers the same, and the log says so, without the link', async () => {
    const cut = await startApi({ SMTP_URL: `smtp://127.0.0.1:${String(await freePort())}` });
    const lines: string[] = [];
    const write = (...parts: unknown[]) => lines.push(parts.map(String).join(' '));
    cut.app.useLogger({ log: write, warn: write, error: write });
    const failures = () => lines.filter((line) => /^A mail was not sent: .*ECONNREFUSED.* Mail$/.test(line)).length;
    const waitForFailures = async (count: number) => {
      await waitUntil(
        () => failures() >= count,
        () => lines.join('\n'),
      );
      expect(failures()).toBe(count);
    };
    try {
      const { email } = await registered(cut);
      await waitForFailures(1);
      const ask = (address: string) => cut.request.post('/authentication/password-reset').send({ email: address });
      const [known, unknown] = [await ask(email).expect(204), await ask('nobody@example.com').expect(204)];
      expect(known.text).toBe(unknown.text);
      await waitForFailures(2);
      expect(lines.join('\n')).not.toMatch(/token=|elsewhere@/);
    } finally {
      await cut.close();
    }
  });

  it('does not wait for one that says nothing', async () => {
    const silent = await Mailbox.open({ silent: true });
    // Each attempt to send lasts ten minutes, longer than this test may.
    const timeouts = 'connectionTimeout=600000&greetingTimeout=600000&socketTimeout=600000';
    const waiting = await startApi({ SMTP_URL: `${silent.url}/?${timeouts}` });
    const { email } = await registered(waiting);
    await waiting.request.post('/authentication/password-reset').send({ email }).expect(204);
    await waitUntil(() => silent.connections === 2);
    await silent.close();
    await waiting.close();
  });
});

describe('in a process of its own', () => {
  const processes: ApiProcess[] = [];
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase()));
  afterEach(() => killAll(processes));
  afterAll(() => database.drop());

  async function start(environment: Record<string, string>): Promise<ApiProcess> {
    // Away from here, where a developer may have a .env file.
    const cwd = database.environment.DATA_DIR;
    const started = await ApiProcess.start({ ...database.environment, ...environment }, { cwd });
    processes.push(started);
    return started;
  }

  /** Without what differs between any two answers. */
  async function send({ url }: ApiProcess, path: string, body: object) {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}/authentication/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const text = JSON.parse((await answer.text()) || '{}') as Record<string, unknown>;
    Reflect.deleteProperty(text, 'requestId');
    return { status: answer.status, text };
  }

  const account = (email: string) => ({ email, name: 'Ada', password });

  it('development without SMTP_URL prints the links, and they work', async () => {
    const development = await start({ NODE_ENV: 'development' });
    const email = 'development@example.com';
    const links = () => [...development.output.matchAll(/http:\/\/localhost:5173\/\S+/g)].map(([text]) => ({ text }));
    expect((await send(development, 'register', account(email))).status).toBe(201);
    await development.until(() => links().length === 1);
    expect((await send(development, 'password-reset', { email })).status).toBe(204);
    await development.until(() => links().length === 2);
    const [confirmation, request] = links();
    if (confirmation === undefined || request === undefined) throw new Error('no links');
    expect([confirmation, request].map((link) => linkIn(link).pathname)).toEqual(['/confirm-email', '/reset-password']);
    const confirmed = await send(development, 'email-confirmation/confirmation', { token: tokenIn(confirmation) });
    expect(confirmed.status).toBe(204);
    const changed = { token: tokenIn(request), password: newPassword };
    expect((await send(development, 'password-reset/confirmation', changed)).status).toBe(204);
    expect((await send(development, 'log-in', { email, password: newPassword })).status).toBe(200);
  });

  describeOnServer('production without SMTP_URL', () => {
    it('says so at start, registers all the same, prints no link, and answers 503 whoever asks for one', async () => {
      const production = await start({ NODE_ENV: 'production', BCRYPT_COST: '10', JWT_SECRET: 'x'.repeat(32) });
      expect(production.output).toContain('SMTP_URL is not set');
      const email = 'production@example.com';
      expect((await send(production, 'register', account(email))).status).toBe(201);
      const known = await send(production, 'password-reset', { email });
      expect(known).toMatchObject({ status: 503, text: { status: 503 } });
      expect(await send(production, 'password-reset', { email: 'nobody@example.com' })).toEqual(known);
      expect(production.output).not.toMatch(/token|production@example\.com/);
    });
  });
});
