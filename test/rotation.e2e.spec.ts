import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { ExpiredRowsService } from '../src/accounts/expired-rows.service.js';
import { startApi, type Api } from './support/api.js';
import { cookiesOf, tokenOf } from './support/cookies.js';
import { describeOnServer } from './support/database.js';
import { createUser, logIn } from './support/users.js';

const JWT_SECRET = 'the same on both instances: 0123456789';
const reused = 'urn:problem:refresh-token-reused';

let api: Api;
/** An hour, so that no machine is too slow for a test within the grace period. */
const environment = { JWT_SECRET, REFRESH_GRACE: '1h' };
beforeAll(async () => (api = await startApi(environment)));
afterAll(() => api.close());

const newSession = async () => (await createUser(api)).session;
const refresh = (cookie: string, on = api) => on.request.post('/authentication/refresh').set('Cookie', cookie);
const currentUser = (cookie: string, on = api) => on.request.get('/authentication').set('Cookie', cookie);
const next = async (cookie: string) => cookiesOf(await refresh(cookie).expect(204)).refresh;

/** As if everything that happened in a session had happened earlier. */
async function age(id: string, minutes: number, { dataSource } = api): Promise<void> {
  const columns = ['createdAt', 'lastUsedAt', 'rotatedAt', 'expiresAt', 'endsAt'];
  const changes = columns.map((column) => `"${column}" = "${column}" - make_interval(mins => $2)`);
  await dataSource.query(`UPDATE sessions SET ${changes.join(', ')} WHERE id = $1`, [id, minutes]);
}

/** The row in words, undefined when the session has ended. */
async function rowOf(id: string): Promise<string | undefined> {
  const [row] = await api.dataSource.query<{ row: string }[]>(
    'SELECT sessions::text AS row FROM sessions WHERE id = $1',
    [id],
  );
  return row?.row;
}

async function liveSessions(userId: number): Promise<number> {
  const rows = await api.dataSource.query<unknown[]>(
    'SELECT 1 FROM sessions WHERE "userId" = $1 AND "expiresAt" > now()',
    [userId],
  );
  return rows.length;
}

describe('a rotation', () => {
  it('is one statement', async () => {
    const session = await newSession();
    const queries = jest.spyOn(api.dataSource.logger, 'logQuery');
    await refresh(session.refresh).expect(204);
    const statements = queries.mock.calls.map(([sql]) => sql.trim().split(/\s/, 1)[0]);
    queries.mockRestore();
    expect(statements).toEqual(['UPDATE']);
  });

  it('lets the token before work for ten seconds, with the very same next one, and the window does not slide', async () => {
    const session = await newSession();
    const second = await next(session.refresh);
    for (let minutes = 15; minutes <= 45; minutes += 15) {
      await age(session.id, 15);
      const again = await refresh(session.refresh).expect(204);
      expect(cookiesOf(again).refresh).toBe(second);
      await currentUser(cookiesOf(again).access).expect(200);
    }
    await age(session.id, 15);
    const { body } = await refresh(session.refresh).expect(401);
    expect(body.type).toBe(reused);
  });

  it('ends the session when an older token is shown: cookies cleared, 401 with a type of its own, a warning', async () => {
    const { id: userId, session } = await createUser(api);
    const [second, warnings] = [await next(session.refresh), [] as unknown[]];
    const current = await refresh(second).expect(204);
    const ignore = () => undefined;
    api.app.useLogger({ warn: (...line: unknown[]) => warnings.push(line), log: ignore, error: ignore });
    const { body, headers } = await refresh(session.refresh).expect(401);
    api.app.useLogger(false);
    expect(body).toMatchObject({ type: reused, status: 401, detail: expect.stringContaining('log in again') });
    expect(headers['set-cookie']).toEqual([
      'Authentication=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
      'Refresh=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
    ]);
    const about = { event: 'refresh-reused', userId, sessionId: session.id };
    expect(warnings).toEqual([['refresh-reused', about, 'Security']]);
    await currentUser(cookiesOf(current).access).expect(401);
    const { body: afterwards } = await refresh(cookiesOf(current).refresh).expect(401);
    expect(afterwards.type).toBe('about:blank');
    expect(await rowOf(session.id)).toBeUndefined();
  });

  it('ends no session for a token that was never given to it, so that knowing its id is no weapon', async () => {
    const [session, other] = [await newSession(), await newSession()];
    const before = await rowOf(session.id);
    const [, secret = '', proof = ''] = tokenOf(other.refresh).split('.');
    const made = [secret, randomBytes(32).toString('base64url')].map((it) => `Refresh=${session.id}.${it}.${proof}`);
    for (const cookie of made) {
      const { body } = await refresh(cookie).expect(401);
      expect(body.type).toBe('about:blank');
    }
    expect(await rowOf(session.id)).toBe(before);
    await refresh(session.refresh).expect(204);
  });

  type Step = { show: number } | 'foreign' | 'malformed' | 'wait';
  const steps = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ show: fc.constantFrom(0, 0, 0, 1, 1, 2, 5) }) },
      { weight: 1, arbitrary: fc.constantFrom<Step>('foreign', 'malformed', 'wait') },
    ),
    { minLength: 1, maxLength: 12 },
  );

  /** What must hold: generations given so far, whether the last rotation is recent, whether the session lives. */
  class Model {
    readonly given: string[];
    isRecent = false;
    isAlive = true;

    constructor(
      private readonly id: string,
      first: string,
    ) {
      this.given = [first];
    }

    async take(step: Step): Promise<void> {
      if (step === 'wait') await this.wait();
      else if (step === 'foreign')
        await this.refuse(`Refresh=${this.id}.${'A'.repeat(43)}.${'A'.repeat(22)}`, 'about:blank');
      else if (step === 'malformed') await this.refuse(`${this.given[0] ?? ''}A`, 'about:blank');
      else await this.show(Math.max(0, this.given.length - 1 - step.show));
    }

    private async show(generation: number): Promise<void> {
      const [cookie = '', following] = this.given.slice(generation);
      const age = this.given.length - 1 - generation;
      if (this.isAlive && (age === 0 || (age === 1 && this.isRecent))) {
        const given = await next(cookie);
        if (following !== undefined) expect(given).toBe(following);
        else this.given.push(given);
        this.isRecent = true;
      } else {
        await this.refuse(cookie, this.isAlive ? reused : 'about:blank');
        this.isAlive = false;
      }
    }

    private async refuse(cookie: string, type: string): Promise<void> {
      const { body } = await refresh(cookie).expect(401);
      expect(body.type).toBe(type);
    }

    private async wait(): Promise<void> {
      await age(this.id, 60);
      this.isRecent = false;
    }
  }

  it('keeps this rule, whichever generations are shown in whatever order', async () => {
    const bystander = await newSession();
    const untouched = await rowOf(bystander.id);
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const session = await newSession();
        const model = new Model(session.id, session.refresh);
        for (const step of sequence) await model.take(step);
        expect(await rowOf(session.id)).toEqual(model.isAlive ? expect.any(String) : undefined);
        expect(new Set(model.given).size).toBe(model.given.length);
      }),
      { numRuns: 40 },
    );
    expect(await rowOf(bystander.id)).toBe(untouched);
  });

  it('gives fifty who show one token at once the same next one, and leaves one live session', async () => {
    const { id: userId, session } = await createUser(api);
    const before = await liveSessions(userId);
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(session.refresh)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    const [following = '', ...others] = new Set(answers.map((answer) => cookiesOf(answer).refresh));
    expect(others).toEqual([]);
    expect(await liveSessions(userId)).toBe(before);
    await currentUser(cookiesOf(answers[49] ?? { headers: {} }).access).expect(200);
    await refresh(following).expect(204);
  });
});

describeOnServer('a rotation on two instances', () => {
  it('gives the same next token to fifty who show one to either at once', async () => {
    const { url } = api.dataSource.options as { url?: string };
    const other = await startApi({ ...environment, DATABASE_URL: url });
    try {
      const session = await newSession();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => refresh(session.refresh, index % 2 === 0 ? api : other)),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
      expect(new Set(answers.map((answer) => cookiesOf(answer).refresh)).size).toBe(1);
    } finally {
      await other.close();
    }
  });
});

describe('a session with short lifetimes', () => {
  let brief: Api;
  beforeAll(async () => {
    brief = await startApi({ REFRESH_TOKEN_TTL: '2h', SESSION_TTL: '4h', REFRESH_GRACE: '30m' });
  });
  afterAll(() => brief.close());

  const ended = async (access: string, cookie: string) => {
    await currentUser(access, brief).expect(401);
    const { body } = await refresh(cookie, brief).expect(401);
    expect(body).toMatchObject({ type: 'about:blank', detail: 'The session has ended. Log in again.' });
  };

  it('ends when it is not used for a while, and its row is removed by the sweep', async () => {
    const { id: userId, email, session } = await createUser(brief);
    const { access, refresh: cookie, id } = session;
    await age(id, 110, brief);
    await currentUser(access, brief).expect(200);
    await age(id, 10, brief);
    await ended(access, cookie);
    const { id: current } = await logIn(brief, email);
    await brief.app.get(ExpiredRowsService).remove();
    const rows = await brief.dataSource.query<{ id: string }[]>('SELECT id FROM sessions WHERE "userId" = $1', [
      userId,
    ]);
    expect(rows).toEqual([{ id: current }]);
  });

  it('ends after its whole time however much it is used', async () => {
    const { session } = await createUser(brief);
    let { access, refresh: cookie } = session;
    for (let left = 2; left > 0; left -= 1) {
      await age(session.id, 110, brief);
      ({ access, refresh: cookie } = cookiesOf(await refresh(cookie, brief).expect(204)));
    }
    await age(session.id, 20, brief);
    await ended(access, cookie);
  });

  it('has the grace that is configured', async () => {
    const { id, refresh: cookie } = (await createUser(brief)).session;
    await refresh(cookie, brief).expect(204);
    await age(id, 20, brief);
    await refresh(cookie, brief).expect(204);
    await age(id, 10, brief);
    const { body } = await refresh(cookie, brief).expect(401);
    expect(body.type).toBe(reused);
  });
});

describe('a session whose whole time is shorter than the time it may rest', () => {
  it('ends after its whole time', async () => {
    const brief = await startApi({ REFRESH_TOKEN_TTL: '30d', SESSION_TTL: '2h' });
    try {
      const { id, access, refresh: cookie } = (await createUser(brief)).session;
      await age(id, 110, brief);
      await currentUser(access, brief).expect(200);
      await age(id, 10, brief);
      await currentUser(access, brief).expect(401);
      await refresh(cookie, brief).expect(401);
    } finally {
      await brief.close();
    }
  });
});
