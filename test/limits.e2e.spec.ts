import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { frontend, startApi, type Api } from './support/api.js';
import { password, signUp } from './support/people.js';
import { Proxy } from './support/proxy.js';

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
    const [{ email }, network] = [await signUp(api), newNetwork()];
    expect(await attempts(10, () => attempt(api, email, network))).toEqual(all(10, 401));
    const { body, headers } = await attempt(api, email, network).set('Origin', frontend).expect(429);
    expect(body).toMatchObject({ type: 'urn:problem:too-many-requests', title: 'Too Many Requests', status: 429 });
    expect(Number(headers['retry-after'])).toBeGreaterThan(880);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(900);
    expect(headers['ratelimit-policy']).toBe('"log-in";q=10;w=900');
    expect(headers.ratelimit).toBe(`"log-in";r=0;t=${headers['retry-after'] ?? ''}`);
    expect(headers['access-control-allow-origin']).toBe(frontend);
    await attempt(api, email, network, password).expect(429);
  });

  it('keep out nobody who comes from another network, nor the other accounts of this one', async () => {
    const [{ email, agent }, other, network] = [await signUp(api), await signUp(api), newNetwork()];
    await attempts(11, () => attempt(api, email, network));
    await attempt(api, email, network, password).expect(429);
    await attempt(api, email, newNetwork(), password).expect(200);
    await attempt(api, other.email, network, password).expect(200);
    await agent.get('/authentication').expect(200);
  });

  it('count for a whole /64 of IPv6, however it is written, and for no other', async () => {
    const { email } = await signUp(api);
    const statuses = await attempts(10, (index) =>
      attempt(api, email, `2001:db8:1:2:${String(index)}::${String(index)}`),
    );
    expect(statuses).toEqual(all(10, 401));
    await attempt(api, email, '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', password).expect(429);
    await attempt(api, email, '2001:db8:1:3::1', password).expect(200);
  });

  it('count for the address the proxy saw, not for those the client made up', async () => {
    const [{ email }, network] = [await signUp(api), newNetwork()];
    const statuses = await attempts(11, (index) => attempt(api, email, `192.0.2.${String(index)}, ${network}`));
    expect(statuses).toEqual([...all(10, 401), 429]);
  });

  it('count however the address of the account is written', async () => {
    const [{ email }, network] = [await signUp(api), newNetwork()];
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
    const [{ email }, network] = [await signUp(api), newNetwork()];
    expect(await attempts(9, () => attempt(api, email, network))).toEqual(all(9, 401));
    await attempt(api, email, network, password).expect(200);
    expect(await attempts(11, () => attempt(api, email, network))).toEqual([...all(10, 401), 429]);
  });

  it('cannot slip past the limit side by side', async () => {
    const [{ email }, network] = [await signUp(api), newNetwork()];
    const answers = await Promise.all(Array.from({ length: 40 }, () => attempt(api, email, network)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...all(10, 401), ...all(30, 429)]);
  });

  it('from fifty places slow the next one down, and refuse nobody', async () => {
    const { email } = await signUp(api);
    expect(await attempts(50, () => attempt(api, email, newNetwork()))).toEqual(all(50, 401));
    const began = Date.now();
    await attempt(api, email, newNetwork(), password).expect(200);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_990);
  });
});

describe('log-ins that succeed', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ LOG_IN_ATTEMPTS: '2' })));
  afterAll(() => api.close());

  it('are not slowed down, however many there are', async () => {
    const [{ email }, began] = [await signUp(api), Date.now()];
    expect(await attempts(12, () => attempt(api, email, newNetwork(), password))).toEqual(all(12, 200));
    expect(Date.now() - began).toBeLessThan(2_000);
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
    if (context === 'LogInLimits') lines.push(String(line));
  };

  beforeAll(async () => {
    await proxy.open();
    const environment = { REDIS_URL: proxy.url, LOG_IN_ATTEMPTS: '4' };
    one = await startApi(environment);
    other = await startApi(environment);
    one.app.useLogger({ warn: keep, log: keep, error: keep });
    await until(areShared);
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

  async function areShared(): Promise<boolean> {
    const email = newEmail();
    await attempts(4, () => fail(one, email));
    return (await fail(other, email)).status === 429;
  }

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    const end = Date.now() + 8_000;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`It did not come to that: ${lines.join('\n')}`);
      await delay(50);
    }
  }

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

  it('are forgotten on both when a log-in succeeds on one', async () => {
    const email = newEmail();
    await one.request.post('/authentication/register').send({ email, name: 'Ada', password }).expect(201);
    expect(await attempts(3, () => fail(other, email))).toEqual(all(3, 401));
    await attempt(one, email, newNetwork(), password).expect(200);
    expect(await attempts(5, () => fail(other, email))).toEqual([...all(4, 401), 429]);
  });

  it('go on in memory when Redis is gone, each log says so once, and are shared again when it is back', async () => {
    const email = newEmail();
    expect(await attempts(4, () => fail(one, email))).toEqual(all(4, 401));
    await fail(other, email).expect(429);
    await proxy.close();
    expect(await attempts(5, () => fail(one, email))).toEqual([...all(4, 401), 429]);
    await delay(500); // several attempts to connect again
    expect(lines).toEqual(all(2, 'Redis does not answer: the limits are kept in memory until it does'));
    await proxy.open();
    await until(() => lines.filter((line) => line === 'The limits are shared through Redis').length === 2);
    await fail(other, email).expect(429);
    expect(await areShared()).toBe(true);
  });

  it('keep nobody waiting when Redis hangs, and are shared again over a new connection', async () => {
    const email = newEmail();
    expect(await attempts(4, () => fail(one, email))).toEqual(all(4, 401));
    proxy.freeze();
    const began = Date.now();
    await fail(one, email).expect(401);
    expect(Date.now() - began).toBeLessThan(5_000);
    await until(() => lines.includes('The limits are shared through Redis'));
    await fail(one, email).expect(429);
    await until(areShared);
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

describe('a flood of log-ins', () => {
  let api: Api;
  beforeAll(async () => (api = await startApi({ BCRYPT_COST: '10', LOG_IN_ATTEMPTS: '1000' })));
  afterAll(() => api.close());

  it('is refused with the time to wait once too many passwords wait to be hashed, and other routes go on', async () => {
    const { email } = await signUp(api);
    let pending = 80;
    const flood = Array.from({ length: pending }, () =>
      attempt(api, email, '192.0.2.1')
        .set('Origin', frontend)
        .then((answer) => {
          pending -= 1;
          return answer;
        }),
    );
    await delay(300);
    for (let left = 5; left > 0; left -= 1) await api.request.get('/posts').expect(200);
    expect(pending).toBeGreaterThan(0);
    const answers = await Promise.all(flood);
    const refused = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(80 - refused.length);
    expect(refused.length).toBeGreaterThan(5);
    for (const { body, headers } of refused) {
      expect(headers['retry-after']).toBe('2');
      expect(headers['access-control-allow-origin']).toBe(frontend);
      expect(headers['access-control-allow-credentials']).toBe('true');
      expect(body).toMatchObject({ status: 503, title: 'Service Unavailable' });
    }
    await attempt(api, email, '192.0.2.1', password).expect(200);
  }, 60_000);
});
