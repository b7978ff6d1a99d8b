import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import bcrypt from 'bcrypt';
import { Redis } from 'ioredis';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Response } from 'supertest';
import { frontend, startApi, type Api } from './support/api.js';
import { describeOnServer } from './support/database.js';
import { password, createUser } from './support/users.js';
import { Proxy } from './support/proxy.js';
import { Gate, waitUntil } from './support/wait.js';

const wrong = 'not the password of anybody';

/** A log-in attempt from a network, as the proxy in front tells it. */
const attempt = (api: Api, email: string, from: string, secret = wrong) =>
  api.request.post('/authentication/log-in').set('X-Forwarded-For', from).send({ email, password: secret });

/** Statuses of attempts one after the other. */
async function attempts(count: number, send: (index: number) => PromiseLike<{ status: number }>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await send(index)).status);
  return statuses;
}

const all = <T>(count: number, each: T) => Array<T>(count).fill(each);

let hosts = 0;
/** An IPv4 address nobody has used yet. */
const newNetwork = () => `198.18.${String((hosts += 1) >> 8)}.${String(hosts & 255)}`;

describe('log-ins that fail', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ TRUST_PROXY: '1' })));
  afterAll(() => api.close());

  it('are refused after ten from one network, even with the right password, with the time to wait', async () => {
    const [{ email }, network, began] = [await createUser(api), newNetwork(), Date.now()];
    expect(await attempts(10, () => attempt(api, email, network))).toEqual(all(10, 401));
    const { body, headers } = await attempt(api, email, network).set('Origin', frontend).expect(429);
    expect(body).toMatchObject({ type: 'urn:problem:too-many-requests', title: 'Too Many Requests', status: 429 });
    const elapsedSeconds = Math.ceil((Date.now() - began) / 1_000);
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(900 - elapsedSeconds);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(900);
    expect(headers['ratelimit-policy']).toBe('"log-in";q=10;w=900');
    expect(headers.ratelimit).toBe(`"log-in";r=0;t=${headers['retry-after'] ?? ''}`);
    expect(headers['access-control-allow-origin']).toBe(frontend);
    await attempt(api, email, network, password).expect(429);
  });

  it('keep out nobody who comes from another network, nor the other accounts of this one', async () => {
    const [{ email, agent }, other, network] = [await createUser(api), await createUser(api), newNetwork()];
    await attempts(11, () => attempt(api, email, network));
    await attempt(api, email, network, password).expect(429);
    await attempt(api, email, newNetwork(), password).expect(200);
    await attempt(api, other.email, network, password).expect(200);
    await agent.get('/authentication').expect(200);
  });

  it('count for a whole /64 of IPv6, however it is written, and for no other', async () => {
    const { email } = await createUser(api);
    const statuses = await attempts(10, (index) =>
      attempt(api, email, `2001:db8:1:2:${String(index)}::${String(index)}`),
    );
    expect(statuses).toEqual(all(10, 401));
    await attempt(api, email, '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', password).expect(429);
    await attempt(api, email, '2001:db8:1:3::1', password).expect(200);
  });

  it('count for the address the proxy saw, not for those the client made up', async () => {
    const [{ email }, network] = [await createUser(api), newNetwork()];
    const statuses = await attempts(11, (index) => attempt(api, email, `192.0.2.${String(index)}, ${network}`));
    expect(statuses).toEqual([...all(10, 401), 429]);
  });

  it('count however the address of the account is written', async () => {
    const [{ email }, network] = [await createUser(api), newNetwork()];
    const spellings = [email, email.toUpperCase(), ` ${email} `, email.replace('a', 'A')];
    const statuses = await attempts(11, (index) => attempt(api, spellings[index % 4] ?? email, network));
    expect(statuses).toEqual([...all(10, 401), 429]);
  });

  it('count in the same way for an account that does not exist', async () => {
    const network = newNetwork();
    const statuses = await attempts(11, () => attempt(api, 'nobody@example.com', network));
    expect(statuses).toEqual([...all(10, 401), 429]);
  });

  it('are forgotten when one succeeds', async () => {
    const [{ email }, network] = [await createUser(api), newNetwork()];
    expect(await attempts(9, () => attempt(api, email, network))).toEqual(all(9, 401));
    await attempt(api, email, network, password).expect(200);
    expect(await attempts(11, () => attempt(api, email, network))).toEqual([...all(10, 401), 429]);
  });

  it('cannot slip past the limit side by side', async () => {
    const [{ email }, network] = [await createUser(api), newNetwork()];
    const answers = await Promise.all(Array.from({ length: 40 }, () => attempt(api, email, network)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...all(10, 401), ...all(30, 429)]);
  });

  it('from fifty places slow the next one down, and refuse nobody', async () => {
    const { email } = await createUser(api);
    expect(await attempts(50, () => attempt(api, email, newNetwork()))).toEqual(all(50, 401));
    const began = Date.now();
    await attempt(api, email, newNetwork(), password).expect(200);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_990);
  });
});

describe('log-ins that succeed', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ LOG_IN_ATTEMPTS: '1' })));
  afterAll(() => api.close());

  it('are not slowed down, however many there are', async () => {
    const [{ email }, began] = [await createUser(api), Date.now()];
    expect(await attempts(25, () => attempt(api, email, newNetwork(), password))).toEqual(all(25, 200));
    // After five that fail, each of the other twenty would wait for two seconds.
    expect(Date.now() - began).toBeLessThan(40_000);
  });
});

describe('requests to log in, register or refresh', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ TRUST_PROXY: '1', AUTHENTICATION_REQUESTS: undefined })));
  afterAll(() => api.close());

  const refresh = (from: string) => api.request.post('/authentication/refresh').set('X-Forwarded-For', from);

  it('are a hundred a minute for a network: it is told how many are left, and the next one is a 429', async () => {
    const network = newNetwork();
    const { headers: first } = await refresh(network).expect(401);
    expect(first.ratelimit).toBe('"authentication";r=99;t=60');
    expect(first['ratelimit-policy']).toBe('"authentication";q=100;w=60');
    expect(await attempts(99, () => refresh(network))).toEqual(all(99, 401));
    const { headers, body } = await refresh(network).expect(429);
    expect(body.type).toBe('urn:problem:too-many-requests');
    expect(headers.ratelimit).toMatch(/^"authentication";r=0;t=\d+$/);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    await attempt(api, 'nobody@example.com', network).expect(429);
    await api.request.get('/posts').set('X-Forwarded-For', network).expect(200);
    await refresh(newNetwork()).expect(401);
  });

  it('cannot slip past the limit side by side', async () => {
    const network = newNetwork();
    const answers = await Promise.all(Array.from({ length: 120 }, () => refresh(network)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });
});

const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/9';

/** Where the tests have to run (CI) a Redis that is missing is an error; a newcomer may not have one. */
async function hasRedis(): Promise<boolean> {
  const { hostname, port } = new URL(redisUrl);
  const socket = connect(Number(port || 6379), hostname);
  const isThere = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isThere;
}

const describeWithRedis = process.env.CI !== undefined || (await hasRedis()) ? describe : describe.skip;

describeWithRedis('limits in Redis', () => {
  const proxy = new Proxy(redisUrl);
  let one: Api;
  let other: Api;
  const lines: string[] = [];
  const keep = (line: unknown, context?: unknown) => {
    if (context === 'RateLimits') lines.push(String(line));
  };
  const log = { warn: keep, log: keep, error: keep };
  const start = (REDIS_URL: string) => startApi({ REDIS_URL, LOG_IN_ATTEMPTS: '4' });

  beforeAll(async () => {
    await proxy.open();
    // With the timeouts of the API, an instance on a busy machine may take Redis for unavailable.
    const withoutTimeouts = `${proxy.url}?commandTimeout=none&socketTimeout=30000`;
    one = await start(withoutTimeouts);
    other = await start(withoutTimeouts);
    one.app.useLogger(log);
    await until(() => areShared(one, other));
  });
  afterAll(async () => {
    for (const api of [one, other]) await api.close();
    await proxy.close();
  });
  beforeEach(() => {
    lines.length = 0;
  });

  /** Attempts from here, where no proxy is trusted. */
  const fail = (api: Api, email: string) => attempt(api, email, newNetwork());

  /** An address that no earlier run has left in Redis. */
  const newEmail = () => `${randomUUID()}@example.com`;

  async function areShared(first: Api, second: Api): Promise<boolean> {
    const email = newEmail();
    await attempts(4, () => fail(first, email));
    return (await fail(second, email)).status === 429;
  }

  const until = (isTrue: () => boolean | Promise<boolean>) => waitUntil(isTrue, () => lines.join('\n'));

  it('are shared by two instances, and expire by themselves, without an address to be read', async () => {
    const email = newEmail();
    const statuses = await attempts(5, (index) => fail(index % 2 === 0 ? one : other, email));
    expect(statuses).toEqual([...all(4, 401), 429]);
    const redis = new Redis(redisUrl);
    const keys = await redis.keys('log-in*');
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.filter((key) => key.includes('@'))).toEqual([]);
    for (const key of keys) expect(await redis.ttl(key)).not.toBe(-1); // without an expiry
    redis.disconnect();
  });

  it('count for the address of the connection where no proxy is trusted', async () => {
    const email = newEmail();
    expect(await attempts(5, () => attempt(one, email, newNetwork()))).toEqual([...all(4, 401), 429]);
  });

  it('go on in memory when Redis is gone, each log says so once, and are shared again when it is back', async () => {
    const email = newEmail();
    expect(await attempts(4, () => fail(one, email))).toEqual(all(4, 401));
    await fail(other, email).expect(429);
    proxy.refuse();
    expect(await attempts(5, () => fail(one, email))).toEqual([...all(4, 401), 429]);
    await until(() => proxy.refused >= 6); // several attempts of each to connect again
    expect(lines).toEqual(all(2, 'Redis is not available: until it is, each instance counts by itself'));
    proxy.accept();
    await until(() => lines.filter((line) => line === 'The limits are shared through Redis').length === 2);
    await fail(other, email).expect(429);
    expect(await areShared(one, other)).toBe(true);
  });

  it('keep nobody waiting when Redis hangs, and are shared again over a new connection', async () => {
    const hanging = new Proxy(redisUrl);
    await hanging.open();
    const api = await start(hanging.url);
    api.app.useLogger(log);
    try {
      const email = newEmail();
      expect(await attempts(4, () => fail(one, email))).toEqual(all(4, 401));
      const isShared = async () => (await fail(api, email)).status === 429;
      await until(isShared);
      hanging.freeze();
      lines.length = 0;
      await fail(api, newEmail()).expect(401);
      await until(() => lines.includes('The limits are shared through Redis'));
      await until(isShared);
    } finally {
      await api.close();
      await hanging.close();
    }
  });

  it('start in memory when Redis is not there yet', async () => {
    const early = await startApi({ REDIS_URL: 'redis://127.0.0.1:1', LOG_IN_ATTEMPTS: '2' });
    try {
      expect(await attempts(3, () => fail(early, 'early@example.com'))).toEqual([401, 401, 429]);
    } finally {
      await early.close();
    }
  });
});

describeOnServer('limits of two instances with one database', () => {
  it('are forgotten on both when a log-in succeeds on one', async () => {
    const shared = { REDIS_URL: redisUrl, LOG_IN_ATTEMPTS: '4' };
    const one = await startApi(shared);
    const { url } = one.dataSource.options as { url?: string };
    const other = await startApi({ ...shared, DATABASE_URL: url });
    // An id that no earlier run has left in Redis.
    await one.dataSource.query(`SELECT setval('users_id_seq', $1)`, [randomInt(2 ** 30)]);
    const { email } = await createUser(one);
    const fail = (api: Api) => attempt(api, email, newNetwork());
    expect(await attempts(3, () => fail(other))).toEqual(all(3, 401));
    await attempt(one, email, newNetwork(), password).expect(200);
    expect(await attempts(5, () => fail(other))).toEqual([...all(4, 401), 429]);
    for (const api of [one, other]) await api.close();
  });
});

describe('a flood of log-ins', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ LOG_IN_ATTEMPTS: '1000' })));
  afterAll(() => api.close());

  it('from one network is refused with the time to wait once 25 of its passwords are queued, and other routes go on', async () => {
    const { email } = await createUser(api);
    const gate = new Gate();
    const compare = bcrypt.compare.bind(bcrypt) as (password: string, hash: string) => Promise<boolean>;
    const slow = jest.spyOn(bcrypt, 'compare') as unknown as jest.Mock<typeof compare>;
    slow.mockImplementation((...given) => gate.opened.then(() => compare(...given)));

    const answers: Response[] = [];
    const flood = Array.from({ length: 80 }, async () => {
      answers.push(await attempt(api, email, '192.0.2.1').set('Origin', frontend));
    });
    await waitUntil(() => slow.mock.calls.length + 25 + answers.length === 80);
    const refused = [...answers];
    for (let left = 5; left > 0; left -= 1) await api.request.get('/posts').expect(200);
    expect(answers).toEqual(refused);
    gate.open();
    await Promise.all(flood);
    slow.mockRestore();

    expect(refused.length).toBeGreaterThanOrEqual(53);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(80 - refused.length);
    for (const { status, body, headers } of refused) {
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('2');
      expect(headers['access-control-allow-origin']).toBe(frontend);
      expect(headers['access-control-allow-credentials']).toBe('true');
      expect(body).toMatchObject({ status: 503, title: 'Service Unavailable' });
    }
    await attempt(api, email, '192.0.2.1', password).expect(200);
  });
});
