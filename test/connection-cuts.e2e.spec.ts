import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { connectAndMigrate } from '../src/database/connect.js';
import { createDataSource, databaseOptions } from '../src/database/data-source.js';
import { validateEnvironment } from '../src/config/environment.js';
import type { Environment } from '../src/config/environment.schema.js';
import { CuttingProxy, type Cut } from './support/cutting-proxy.js';
import { createTestDatabase, describeOnServer, type TestDatabase } from './support/database.js';
import { ApiProcess, killAll } from './support/process.js';
import { createUser } from './support/users.js';

/** What a new connection of the pool names itself. */
const poolName = 'cross-origin-api';

describeOnServer('a connection to PostgreSQL that is lost after any message of the server', () => {
  let database: TestDatabase;
  const proxies: CuttingProxy[] = [];
  const processes: ApiProcess[] = [];
  const openProxy = async () => {
    const proxy = await CuttingProxy.open(database.environment.DATABASE_URL ?? '');
    proxies.push(proxy);
    return proxy;
  };
  beforeEach(async () => (database = await createTestDatabase()));
  afterEach(async () => {
    await killAll(processes);
    proxies.splice(0).forEach((proxy) => proxy.close());
    await database.drop();
  });

  it.each<[Cut]>([['closed'], ['terminated']])('(%s) is a 503 at most, and the process goes on', async (cut) => {
    const proxy = await openProxy();
    const api = await ApiProcess.start({ DATABASE_URL: proxy.url, DATABASE_POOL_SIZE: '2', LOG_LEVEL: 'fatal' });
    processes.push(api);
    const { agent } = await createUser(api);
    const statuses = new Map<number, number>();
    const acknowledged = new Set<string>();
    let steps = 0;
    for (let isReached = true; isReached; steps += 1) {
      proxy.reset();
      proxy.cutAfter(steps, cut, poolName);
      let status = 0;
      while (!proxy.hasCut && status !== 201) {
        const response = await agent.post('/posts').send({ title: `Step ${String(steps)}`, content: cut });
        ({ status } = response);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status === 503) expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
        if (status === 201) acknowledged.add(String(response.headers.location));
      }
      isReached = proxy.hasCut;
    }
    expect([...statuses.keys()].sort()).toEqual([201, 503]);
    expect(steps).toBeGreaterThan(40); // through the start of a connection, the look-up of a session and a transaction
    expect(api.isRunning).toBe(true);
    proxy.forward();
    for (const path of acknowledged) await agent.get(path).expect(200);
  });

  it.each<[Cut]>([['closed'], ['terminated']])('(%s) while the API starts makes it try again', async (cut) => {
    Logger.overrideLogger(false);
    const start = async (steps: number) => {
      const proxy = await openProxy();
      proxy.cutAfter(steps, cut);
      const environment = validateEnvironment({ DATABASE_URL: proxy.url });
      const dataSource = createDataSource(databaseOptions(new ConfigService<Environment, true>(environment)));
      await connectAndMigrate(dataSource);
      await dataSource.destroy();
      return proxy.hasCut;
    };
    const steps = Array.from({ length: 120 }, (_, index) => index);
    const outcomes: boolean[] = [];
    while (steps.length > 0) outcomes.push(...(await Promise.all(steps.splice(0, 24).map(start))));
    expect(outcomes.filter(Boolean).length).toBeGreaterThan(40);
  });
});
