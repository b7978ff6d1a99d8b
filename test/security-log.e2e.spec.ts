import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ApiLogger } from '../src/logging/api-logger.js';
import { frontend, startApi, type Api } from './support/api.js';
import { createTestDatabase, describeOnServer, type TestDatabase } from './support/database.js';
import { cookiesOf, tokenOf } from './support/cookies.js';
import { createUser, logIn, password, type Session } from './support/users.js';
import { ApiProcess, killAll, Process } from './support/process.js';
import { Mailbox, tokenIn } from './support/smtp.js';
import { claimsOf } from './support/tokens.js';

interface Line {
  level: string;
  message: string;
  context?: string;
  requestId?: string;
  params?: Record<string, unknown>;
}

const lines: Line[] = [];

/** The logger of production; what it would print is kept. */
class KeptLog extends ApiLogger {
  constructor() {
    super({ NODE_ENV: 'production', LOG_LEVEL: 'log' });
  }

  protected override printAsJson(...line: Parameters<ApiLogger['printAsJson']>): void {
    lines.push(JSON.parse(JSON.stringify(this.getJsonLogObject(...line))) as Line);
  }
}

let mailbox: Mailbox;
let api: Api;
beforeAll(async () => {
  mailbox = await Mailbox.open();
  api = await startApi({ SMTP_URL: `${mailbox.url}/?pool=true` });
  api.app.useLogger(new KeptLog());
});
afterAll(async () => {
  await api.close();
  await mailbox.close();
});

/** Whatever must never be in the log: every password, token, cookie and address that was sent or received. */
const secrets = new Set<string>([password]);
const keep = (...values: unknown[]) => {
  for (const value of values) if (typeof value === 'string' && value.length > 5) secrets.add(value);
};
afterEach(() => {
  const text = JSON.stringify(lines);
  expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
});

/** Sends a request with an id of its own. @returns its answer, and what the log has under that id */
async function send(method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object, headers = {}) {
  const requestId = randomUUID();
  const answer = await api.request[method](path)
    .set({ ...headers, 'X-Request-Id': requestId })
    .send(body);
  const cookies = cookiesOf(answer);
  keep(...Object.values(body ?? {}), tokenOf(cookies.access), tokenOf(cookies.refresh));
  return { status: answer.status, body: answer.body, ...cookies, events: eventsOf(requestId) };
}

function eventsOf(requestId: string): Line[] {
  return lines.filter(
    (line) => line.requestId === requestId && ['Security', 'CrossOrigin'].includes(line.context ?? ''),
  );
}

/** What each of these lines looks like: one record with who, through which session, from where and in which request. */
function line(level: 'log' | 'warn', event: string, about: Record<string, unknown>) {
  return {
    level,
    pid: process.pid,
    timestamp: expect.any(Number),
    context: 'Security',
    message: event,
    params: { event, ...about },
    ip: '127.0.0.1',
    requestId: expect.any(String),
  };
}

async function newUser() {
  const { id: userId, email, session } = await createUser(api);
  keep(email);
  return { email, userId, ...keepTokens(session) };
}

function keepTokens({ id: sessionId, access, refresh, cookie }: Session) {
  keep(tokenOf(access), tokenOf(refresh));
  return { sessionId, refresh, cookie: { Cookie: cookie } };
}

describe('the security log', () => {
  it('says who registered', async () => {
    const account = { email: 'registers@example.com', name: 'Ada', password };
    const { body, events } = await send('post', '/authentication/register', account);
    expect(events).toEqual([line('log', 'account-created', { userId: body.id })]);
  });

  it('says who logged in, and the session that began', async () => {
    const { email, userId } = await newUser();
    const { access, events } = await send('post', '/authentication/log-in', { email, password });
    const { sid: sessionId } = claimsOf(tokenOf(access));
    expect(events).toEqual([line('log', 'log-in', { userId, sessionId })]);
  });

  it('warns of a wrong password, and says whose', async () => {
    const { email, userId } = await newUser();
    const { status, events } = await send('post', '/authentication/log-in', { email, password: 'wrong password' });
    expect(status).toBe(401);
    expect(events).toEqual([line('warn', 'log-in-failed', { userId })]);
  });

  it('warns of an address nobody has, without repeating it', async () => {
    const pair = { email: 'unknown@example.com', password: 'some password' };
    const { status, events } = await send('post', '/authentication/log-in', pair);
    expect(status).toBe(401);
    expect(events).toEqual([line('warn', 'log-in-failed', {})]);
  });

  it('warns of a refresh token that was replaced before, and names the session it ended', async () => {
    const { userId, sessionId, refresh } = await newUser();
    const once = await send('post', '/authentication/refresh', undefined, { Cookie: refresh });
    const twice = await send('post', '/authentication/refresh', undefined, { Cookie: once.refresh });
    expect([once.status, twice.status]).toEqual([204, 204]);
    expect([...once.events, ...twice.events]).toEqual([]);
    const { status, events } = await send('post', '/authentication/refresh', undefined, { Cookie: refresh });
    expect(status).toBe(401);
    expect(events).toEqual([line('warn', 'refresh-reused', { userId, sessionId })]);
  });

  it('says who changed the password, and in which session', async () => {
    const { userId, sessionId, cookie } = await newUser();
    const passwords = { currentPassword: password, newPassword: 'staple battery horse' };
    const { status, events } = await send('patch', '/authentication/password', passwords, cookie);
    expect(status).toBe(204);
    expect(events).toEqual([line('log', 'password-changed', { userId, sessionId })]);
  });

  it('warns of a wrong current password: a stolen session may be guessing', async () => {
    const { userId, cookie } = await newUser();
    const passwords = { currentPassword: 'wrong password', newPassword: 'staple battery horse' };
    const { status, events } = await send('patch', '/authentication/password', passwords, cookie);
    expect(status).toBe(403);
    expect(events).toEqual([line('warn', 'log-in-failed', { userId })]);
  });

  it('says whose password was reset with a link', async () => {
    const { email, userId } = await newUser();
    await send('post', '/authentication/password-reset', { email });
    const [, mail] = await mailbox.to(email, 2);
    const reset = { token: tokenIn(mail ?? { text: '' }), password: 'staple battery horse' };
    const { status, events } = await send('post', '/authentication/password-reset/confirmation', reset);
    expect(status).toBe(204);
    expect(events).toEqual([line('log', 'password-reset', { userId })]);
  });

  it('says whose address was changed and confirmed, without the address', async () => {
    const { email, userId, cookie } = await newUser();
    const changed = await send('patch', '/authentication', { email: `new-${email}`, password }, cookie);
    expect(changed.events).toEqual([line('log', 'email-changed', { userId })]);
    const [mail] = await mailbox.to(`new-${email}`);
    const token = tokenIn(mail ?? { text: '' });
    const confirmed = await send('post', '/authentication/email-confirmation/confirmation', { token });
    expect(confirmed.events).toEqual([line('log', 'email-confirmed', { userId })]);
  });

  it('says which session was ended from another one', async () => {
    const { email, userId, cookie } = await newUser();
    const { sessionId } = keepTokens(await logIn(api, email));
    const { events } = await send('delete', `/authentication/sessions/${sessionId}`, undefined, cookie);
    expect(events).toEqual([line('log', 'session-ended', { userId, sessionId })]);
  });

  it('says which session logged out', async () => {
    const { sessionId, cookie } = await newUser();
    const { events } = await send('post', '/authentication/log-out', undefined, cookie);
    expect(events).toEqual([line('log', 'log-out', { sessionId })]);
  });

  it('says whose account was deleted', async () => {
    const { userId, cookie } = await newUser();
    const { events } = await send('delete', '/authentication', { password }, cookie);
    expect(events).toEqual([line('log', 'account-deleted', { userId })]);
  });

  it.each([
    ['a foreign page that reads', 'get', { Origin: 'https://reads.example' }, 'origin'],
    ['a foreign page that sends (CSRF)', 'post', { Origin: 'https://sends.example' }, 'csrf'],
    ['a foreign page that sends without an origin (CSRF)', 'post', { 'Sec-Fetch-Site': 'cross-site' }, 'csrf'],
  ] as const)('warns of %s', async (...[, method, headers, step]) => {
    const { cookie } = await newUser();
    const { events } = await send(method, '/posts', undefined, { ...cookie, ...headers });
    const origin = 'Origin' in headers ? headers.Origin : 'no origin';
    expect(events).toEqual([
      {
        ...line('warn', '', {}),
        context: 'CrossOrigin',
        message: expect.stringContaining(`Refused ${origin}`),
        params: expect.objectContaining({ origin, step }),
      },
    ]);
  });

  it('says nothing of what is allowed', async () => {
    const { cookie } = await newUser();
    const body = { title: 'Title', content: 'Content' };
    const { status, events } = await send('post', '/posts', body, { ...cookie, Origin: frontend });
    expect(status).toBe(201);
    expect(events).toEqual([]);
  });

  it('takes no request id that could forge a line', async () => {
    const forged = '"}{"context":"Security","message":"log-in"';
    const { headers } = await api.request.get('/health/live').set('X-Request-Id', forged).expect(200);
    expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(JSON.stringify(lines)).not.toContain('}{');
  });

  it('holds neither passwords, tokens and cookies nor addresses, in no line of any kind', async () => {
    lines.length = 0;
    const { email, cookie } = await newUser();
    await send('post', '/authentication/log-in', { email, password: 'wrong password' });
    await send('post', '/authentication/refresh', undefined, cookie);
    await send('post', '/authentication/password-reset', { email });
    await send('get', `/posts?search=${email}`, undefined, cookie);
    const [, mail] = await mailbox.to(email, 2);
    secrets.add(tokenIn(mail ?? { text: '' }));
    expect(lines.map(({ message }) => message)).toEqual(
      expect.arrayContaining(['log-in', 'log-in-failed', expect.stringMatching(/^POST .*password-reset 204/)]),
    );
    const text = JSON.stringify(lines);
    expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toMatch(/@example|eyJ|token=/);
  });
});

describe('the security log of other processes', () => {
  const processes: Process[] = [];
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase()));
  afterEach(() => killAll(processes));
  afterAll(() => database.drop());

  async function run(script: string, environment: Record<string, string>, ...args: string[]): Promise<string> {
    const command = new Process(`commands/${script}.js`, { ...database.environment, ...environment }, { args });
    processes.push(command);
    expect(await command.end()).toBe(0);
    return command.output;
  }

  it('says whose role was changed on the command line', async () => {
    const environment = { NODE_ENV: 'test', BCRYPT_COST: '4', NO_COLOR: '1' };
    await run('seed', environment);
    const output = await run('promote', environment, 'ada@example.com');
    expect(output).toMatch(/\[Security\].*role-changed.*userId: \d+/);
  });

  describeOnServer('in production', () => {
    const environment = {
      NODE_ENV: 'production',
      BCRYPT_COST: '10',
      JWT_SECRET: 'x'.repeat(32),
      FRONTEND_URL: frontend,
    };
    const structured = (output: string) =>
      output
        .split('\n')
        .filter((text) => text.startsWith('{') && text.endsWith('}'))
        .map((text) => JSON.parse(text) as Line);

    it('is one JSON object a line, with user, session, address and request', async () => {
      const production = await ApiProcess.start({ ...database.environment, ...environment });
      processes.push(production);
      const account = { email: 'production@example.com', name: 'Ada', password };
      const post = (path: string, body: object, headers = {}) =>
        fetch(`${production.url}/authentication/${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Request-Id': path, ...headers },
          body: JSON.stringify(body),
        });
      const { id: userId } = (await (await post('register', account)).json()) as { id: number };
      await post('log-in', { email: account.email, password: 'wrong password' });
      await post('log-in', { email: account.email, password });
      const evil = await post('refresh', {}, { Origin: 'https://evil.example' });
      expect(evil.status).toBe(403);
      await production.prints('evil.example');

      const about = (requestId: string) =>
        structured(production.output).filter(
          ({ context = '', requestId: id }) => id === requestId && /Security|CrossOrigin/.test(context),
        );
      const common = { ip: expect.stringMatching(/127\.0\.0\.1$/), timestamp: expect.any(Number), context: 'Security' };
      expect(about('register')).toMatchObject([{ ...common, params: { event: 'account-created', userId } }]);
      expect(about('log-in')).toMatchObject([
        { ...common, level: 'warn', params: { event: 'log-in-failed', userId } },
        { ...common, level: 'log', params: { event: 'log-in', userId, sessionId: expect.any(String) } },
      ]);
      expect(about('refresh')).toMatchObject([
        { ...common, context: 'CrossOrigin', level: 'warn', params: { origin: 'https://evil.example', step: 'csrf' } },
      ]);
      expect(production.output).not.toMatch(/production@|wrong password|correct horse/);

      const [promoted] = structured(await run('promote', environment, account.email));
      expect(promoted).toMatchObject({ context: 'Security', params: { event: 'role-changed', userId } });
      expect(JSON.stringify(promoted)).not.toContain('@');
    });
  });
});
