import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHmac, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { startApi, type Api } from './support/api.js';
import { cookiesOf, tokenOf } from './support/cookies.js';
import { claimsOf, forge, hmac, kidOf } from './support/tokens.js';
import { createUser, password } from './support/users.js';

const JWT_SECRET = 'the only secret that is listed: 0123456789';
const keyOf = (secret: string) => createHmac('sha256', secret).update('access token').digest();
const [key, unknownKey] = [keyOf(JWT_SECRET), keyOf('a secret that is not listed: 0123456789')];
const header = { alg: 'HS256', typ: 'JWT', kid: kidOf(key) };

let api: Api;
beforeAll(async () => (api = await startApi({ JWT_SECRET })));
afterAll(() => api.close());

const newSession = async () => (await createUser(api)).session;

type Claims = Record<string, unknown>;
const encode = (text: string) => Buffer.from(text).toString('base64url');
/** Any two texts, signed with the key in force. */
const signedText = (head: string, claims: string) => {
  const input = `${encode(head)}.${encode(claims)}`;
  return `${input}.${hmac(key)(input)}`;
};
const now = () => Math.floor(Date.now() / 1_000);
const year3000 = Date.UTC(3000, 0) / 1_000;

const currentUser = (cookie: string) => api.request.get('/authentication').set('Cookie', cookie);
const refresh = (cookie: string) => api.request.post('/authentication/refresh').set('Cookie', cookie);
const logOut = (cookie: string) => api.request.post('/authentication/log-out').set('Cookie', cookie);

/** Everything that a request with hostile tokens could change. */
async function state(): Promise<unknown> {
  return api.dataSource.query(
    `SELECT 's' || id AS id, sessions::text AS row FROM sessions UNION ALL SELECT 'u' || id, users::text FROM users
     UNION ALL SELECT 'p' || id, posts::text FROM posts ORDER BY 1`,
  );
}

/** Each is refused where a session is needed, writes nothing, and logs nobody out. */
async function expectRefused(cookie: string): Promise<void> {
  const before = await state();
  await expectNobody(cookie);
  await logOut(cookie).expect(204);
  expect(await state()).toEqual(before);
}

async function expectNobody(cookie: string): Promise<void> {
  const { body } = await currentUser(cookie).expect(401);
  expect(body).toMatchObject({ status: 401, title: 'Unauthorized', detail: expect.stringContaining('Log in') });
  await api.request.post('/posts').set('Cookie', cookie).send({ title: 'Forged', content: 'Text' }).expect(401);
}

describe('an access token', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rs256 = (input: string) => sign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url');
  const far = { iat: now(), exp: year3000 };

  const forgers: [string, (claims: Claims) => string][] = [
    ['with the kid ../../etc/passwd', (it) => forge({ ...header, kid: '../../etc/passwd' }, it, hmac(key))],
    [
      'with that kid, signed with an empty key',
      (it) => forge({ ...header, kid: '../../dev/null' }, it, hmac(Buffer.of())),
    ],
    ['with no kid', (it) => forge({ alg: 'HS256', typ: 'JWT' }, it, hmac(key))],
    ['with an unknown kid', (it) => forge({ ...header, kid: kidOf(unknownKey) }, it, hmac(key))],
    ['with an empty kid', (it) => forge({ ...header, kid: '' }, it, hmac(key))],
    ['with a list for a kid', (it) => forge({ ...header, kid: [header.kid] }, it, hmac(key))],
    ['with an object for a kid', (it) => forge({ ...header, kid: { toString: header.kid } }, it, hmac(key))],
    ['with a number for a kid', (it) => forge({ ...header, kid: 0 }, it, hmac(key))],
    ['with null for a kid', (it) => forge({ ...header, kid: null }, it, hmac(key))],
    ['with alg none', (it) => forge({ ...header, alg: 'none' }, it, () => '')],
    ['with RS256', (it) => forge({ ...header, alg: 'RS256' }, it, rs256)],
    ['with HS384 and the right key', (it) => forge({ ...header, alg: 'HS384' }, it, hmac(key, 'sha384'))],
    ['with no alg', (it) => forge({ typ: 'JWT', kid: header.kid }, it, hmac(key))],
    ['without an expiry, of an unknown key', (it) => forge(header, { ...it, exp: undefined }, hmac(unknownKey))],
    ['of the year 3000, of an unknown key', (it) => forge(header, { ...it, ...far }, hmac(unknownKey))],
    [
      'of the year 3000, of an unknown key that it names',
      (it) => forge({ ...header, kid: kidOf(unknownKey) }, { ...it, ...far }, hmac(unknownKey)),
    ],
    ['that begins in a minute', (it) => forge(header, { ...it, nbf: now() + 60 }, hmac(key))],
  ];

  it.each(forgers)('%s is refused, and changes nothing', async (_, forger) => {
    const { access } = await newSession();
    const forged = forger(claimsOf(tokenOf(access)));
    await expectRefused(`Authentication=${forged}`);
    await currentUser(access).expect(200);
  });

  it.each([
    ['that expired a minute ago', () => ({ exp: now() - 60 })],
    ['without an expiry', () => ({ exp: undefined })],
  ])('%s is refused, and of all requests only log-out knows its session', async (_, change) => {
    const { access } = await newSession();
    const before = await state();
    const token = forge(header, { ...claimsOf(tokenOf(access)), ...change() }, hmac(key));
    await expectNobody(`Authentication=${token}`);
    expect(await state()).toEqual(before);
    await logOut(`Authentication=${token}`).expect(204);
    await currentUser(access).expect(401);
  });

  it.each([
    ['expired', { exp: -29 }],
    ['begins', { nbf: 30 }],
  ])('of a clock that is half a minute off is accepted: it %s', async (_, skew) => {
    const { access } = await newSession();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    const shifted = Object.fromEntries(Object.entries(skew).map(([claim, seconds]) => [claim, now() + seconds]));
    const token = forge(header, { ...claimsOf(tokenOf(access)), ...shifted }, hmac(key));
    await currentUser(`Authentication=${token}`).expect(200);
    clock.mockRestore();
  });

  it.each([
    ['claims that are no JSON', signedText(JSON.stringify(header), 'no JSON')],
    ['claims that are not UTF-8', signedText(JSON.stringify(header), '\uFFFD{')],
    ['claims that are a list', signedText(JSON.stringify(header), '[]')],
    ['claims that are text', signedText(JSON.stringify(header), '"text"')],
    ['claims that are null', forge(header, null as unknown as Claims, hmac(unknownKey))],
    ['a header that is no JSON', signedText('{"alg":"HS256"', '{}')],
    ['a header that is null', signedText('null', '{}')],
    ['a header that is text', signedText('"HS256"', '{}')],
    ['a header that is a list', signedText('[]', '{}')],
    ['a kid in a prototype', signedText(`{"alg":"HS256","typ":"JWT","__proto__":{"kid":"${header.kid}"}}`, '{}')],
  ])('with %s is refused, and changes nothing', async (_, token) => {
    await expectRefused(`Authentication=${token}`);
  });

  it('of ten kilobytes is refused, and changes nothing', async () => {
    await expectRefused(`Authentication=${'x'.repeat(10_240)}`);
    await expectRefused(`Authentication=${forge({ ...header, kid: 'k'.repeat(7_000) }, {}, hmac(key))}`);
  });

  it('URL-encoded twice is refused, and changes nothing', async () => {
    const { access } = await newSession();
    const encoded = access.replaceAll('.', '%252E');
    await expectRefused(encoded);
    await currentUser(access).expect(200);
  });
});

/** As a neighbour plants it: another subdomain, with `Domain=`, or a page over plain http. */
describe('a cookie sent twice', () => {
  const doubles: [string, (mine: string, planted: string) => string][] = [
    ['ours first', (mine, planted) => `${mine}; ${planted}`],
    ['ours last', (mine, planted) => `${planted}; ${mine}`],
    ['without a space', (mine, planted) => `${mine};${planted}`],
    ['with one that is empty', (mine) => `${mine}; ${mine.split('=', 1)[0] ?? ''}=`],
    ['with others between them', (mine, planted) => `${mine}; theme=dark; ${planted}`],
    ['of the same value', (mine) => `${mine}; ${mine}`],
  ];

  it.each(doubles)('(%s) is a 400 that says what corrects it, and changes nothing', async (_, double) => {
    const [mine, theirs] = [await newSession(), await newSession()];
    const before = await state();
    const answers = [
      await currentUser(double(mine.access, theirs.access)),
      await refresh(double(mine.refresh, theirs.refresh)),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, headers['set-cookie']]).toEqual([400, undefined]);
      expect(body).toMatchObject({
        detail: expect.stringMatching(
          /^The cookie (Authentication|Refresh) was sent twice\. Log in again: that corrects it\.$/,
        ),
      });
    }
    expect(await state()).toEqual(before);
    await currentUser(mine.access).expect(200);
  });

  it.each(doubles)('(%s) hinders neither log-out, which ends each session it names, nor log-in', async (_, double) => {
    const [{ email, session: mine }, theirs] = [await createUser(api), await newSession()];
    const both = double(mine.access, theirs.access);
    const again = await api.request
      .post('/authentication/log-in')
      .set('Cookie', both)
      .send({ email, password })
      .expect(200);
    expect(cookiesOf(again).access).toMatch(/^Authentication=./);
    const { headers } = await logOut(both).expect(204);
    expect(headers['set-cookie']).toHaveLength(2);
    await currentUser(mine.access).expect(401);
    await currentUser(theirs.access).expect(both.includes(theirs.access) ? 401 : 200);
  });

  it('matters to nobody when it is not one of ours', async () => {
    const { access } = await newSession();
    await currentUser(`theme=dark; theme=light; ${access}`).expect(200);
  });
});

describe('a refresh token', () => {
  /** Refused in the same words whatever is wrong with it, without a change. */
  async function expectUnknown(cookie: string): Promise<void> {
    const before = await state();
    const { body } = await refresh(cookie).expect(401);
    expect(body).toMatchObject({ type: 'about:blank', detail: 'The session has ended. Log in again.' });
    await logOut(cookie).expect(204);
    expect(await state()).toEqual(before);
  }

  type Forger = (mine: string[], theirs: string[]) => string;
  const forgers: [string, Forger][] = [
    ['with the secret of another user', ([id], [, secret, proof]) => `${id}.${secret}.${proof}`],
    ['with the session of another user', ([, secret, proof], [id]) => `${id}.${secret}.${proof}`],
    ['with a guessed secret', ([id, , proof]) => `${id}.${randomBytes(32).toString('base64url')}.${proof}`],
    ['of a session that never was', ([, secret, proof]) => `${randomUUID()}.${secret}.${proof}`],
    ['that is too short', (parts) => parts.join('.').slice(0, -1)],
    ['that is too long', (parts) => `${parts.join('.')}A`],
    ['without its proof', (parts) => parts.slice(0, 2).join('.')],
    ['of ten kilobytes', (parts) => parts.join('.').padEnd(10_240, 'A')],
    ['URL-encoded twice', (parts) => parts.join('%252E')],
    ['in upper case', (parts) => parts.join('.').toUpperCase()],
  ];

  it.each(forgers)('%s is refused, and changes nothing', async (_, forger) => {
    const [mine, theirs] = [await newSession(), await newSession()];
    const partsOf = (cookie: string) => tokenOf(cookie).split('.');
    await expectUnknown(`Refresh=${forger(partsOf(mine.refresh), partsOf(theirs.refresh))}`);
    for (const session of [mine, theirs]) await refresh(session.refresh).expect(204);
  });

  it('URL-encoded once is what a browser may send: it works', async () => {
    const { refresh: cookie } = await newSession();
    await refresh(cookie.replaceAll('.', '%2E')).expect(204);
  });

  it('of a deleted session is refused, and brings it back in no way', async () => {
    const { access, refresh: cookie } = await newSession();
    await logOut(access).expect(204);
    await expectUnknown(cookie);
    await currentUser(access).expect(401);
  });

  it('of a deleted user is refused', async () => {
    const { id: userId, session } = await createUser(api);
    const { refresh: cookie } = session;
    await api.dataSource.query('DELETE FROM users WHERE id = $1', [userId]);
    await expectUnknown(cookie);
  });

  it('does not work as an access token, nor in another place than its cookie', async () => {
    const { refresh: cookie } = await newSession();
    const token = tokenOf(cookie);
    await expectRefused(`Authentication=${token}`);
    const before = await state();
    await api.request
      .post(`/authentication/refresh?Refresh=${token}`)
      .send({ Refresh: token, refresh: token })
      .expect(401);
    await api.request.post('/authentication/refresh').set('Authorization', `Bearer ${token}`).expect(401);
    expect(await state()).toEqual(before);
  });
});

describe('cookies of other software on the same host', () => {
  it('do not matter, however long, strange or many', async () => {
    const { id: userId, session } = await createUser(api);
    const { access } = session;
    const strange = ['a=%E0%A4%A', '__proto__=x', 'constructor=1', '=', ';', 'x', `long=${'x'.repeat(10_240)}`];
    const { body } = await currentUser([...strange, access].join('; ')).expect(200);
    expect(body.id).toBe(userId);
  });

  it('that leave no room for a request are a 431 that says so', async () => {
    const { access } = await newSession();
    const { body } = await currentUser(`${access}; long=${'x'.repeat(20_000)}`).expect(431);
    expect(body.detail).toContain('clear the cookies');
  });
});
