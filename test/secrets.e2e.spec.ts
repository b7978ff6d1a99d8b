import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { startApi, type Api } from './support/api.js';
import { cookiesOf, tokenOf } from './support/cookies.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { headerOf, kidOf } from './support/tokens.js';
import { createUser, logIn } from './support/users.js';

const former = 'the secret of the first year: 0123456789';
const newer = 'the secret of the second year: 0123456789';

let database: TestDatabase;
let api: Api;
beforeEach(async () => {
  database = await createTestDatabase();
  api = await start(former);
});
afterEach(async () => {
  await api.close();
  await database.drop();
});

/** No restart takes as long as this grace period. */
const start = (JWT_SECRET: string) => startApi({ ...database.environment, JWT_SECRET, REFRESH_GRACE: '1h' });

/** The same database, the same sessions, other secrets. */
async function restart(JWT_SECRET: string): Promise<void> {
  await api.close();
  api = await start(JWT_SECRET);
}

const currentUser = (cookie: string) => api.request.get('/authentication').set('Cookie', cookie);
const refresh = (cookie: string) => api.request.post('/authentication/refresh').set('Cookie', cookie);
const kidIn = (cookie: string) => headerOf(tokenOf(cookie)).kid;
const kidFor = (secret: string) => kidOf(createHmac('sha256', secret).update('access token').digest());

describe('a new secret in front of the former one', () => {
  it('logs nobody out, signs from now on, and sees reuse across the change', async () => {
    const { email, session } = await createUser(api);
    const second = cookiesOf(await refresh(session.refresh).expect(204));
    expect(kidIn(second.access)).toBe(kidFor(former));
    await restart(`${newer},${former}`);
    await currentUser(second.access).expect(200);
    // The answer of before the restart was lost: the very same secret again, with a proof of the newer key.
    const again = cookiesOf(await refresh(session.refresh).expect(204));
    expect(again.refresh.split('.', 2)).toEqual(second.refresh.split('.', 2));
    const third = cookiesOf(await refresh(second.refresh).expect(204));
    for (const { access } of [again, third, await logIn(api, email)]) {
      expect(kidIn(access)).toBe(kidFor(newer));
      await currentUser(access).expect(200);
    }
    const { body } = await refresh(session.refresh).expect(401);
    expect(body.type).toBe('urn:problem:refresh-token-reused');
    await currentUser(third.access).expect(401);
  });
});

describe('a former secret that is no longer listed', () => {
  it('verifies no access token, yet every session goes on with its refresh token', async () => {
    const { session } = await createUser(api);
    const second = cookiesOf(await refresh(session.refresh).expect(204));
    await restart(newer);
    await currentUser(second.access).expect(401);
    // What was replaced before cannot be replaced again without the former secret: later, perhaps elsewhere, and nobody is logged out.
    await refresh(session.refresh).expect(503);
    const third = cookiesOf(await refresh(second.refresh).expect(204));
    await currentUser(third.access).expect(200);
    await api.request.post('/authentication/log-out').set('Cookie', second.access).expect(204);
    await currentUser(third.access).expect(200);
    await api.request.post('/authentication/log-out').set('Cookie', third.refresh).expect(204);
    await currentUser(third.access).expect(401);
  });
});
