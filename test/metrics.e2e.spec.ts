import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { freePort } from './support/free-port.js';
import { ApiProcess, killAll } from './support/process.js';
import { describeWithPrograms } from './support/programs.js';
import { createUser } from './support/users.js';
import { waitUntil } from './support/wait.js';

const closers: (() => unknown)[] = [];
let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase()));
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await database.drop();
});

async function start() {
  const METRICS_PORT = String(await freePort());
  const api = await ApiProcess.start({ ...database.environment, METRICS_PORT, HOST: '127.0.0.1' });
  closers.push(() => killAll([api]));
  return {
    api,
    metricsPort: METRICS_PORT,
    read: async () => (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text(),
  };
}

const preflight = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' };

describe('the metrics', () => {
  it('count requests by route, security events, preflights, refused origins and the pool', async () => {
    const { api, read } = await start();
    const user = await createUser(api);
    await user.agent
      .post('/authentication/log-in')
      .send({ email: user.email, password: 'not the password' })
      .expect(401);
    await user.agent.get('/posts/1').expect(404);
    await user.agent.get('/invented-by-a-stranger').expect(404);
    await fetch(`${api.url}/posts`, { method: 'OPTIONS', headers: { Origin: 'http://localhost:5173', ...preflight } });
    await fetch(`${api.url}/posts`, { method: 'OPTIONS', headers: { Origin: 'https://evil.example', ...preflight } });
    let text = '';
    await waitUntil(async () => (text = await read()).includes('route="none"'));
    for (const line of [
      'http_request_duration_seconds_count{method="GET",route="/posts/:id",status="404"} 1',
      'http_request_duration_seconds_count{method="other",route="none",status="404"} 1',
      'security_events_total{event="log-in"} 1',
      'security_events_total{event="log-in-failed"} 1',
      'cors_preflights_total{outcome="allowed"} 1',
      'cors_preflights_total{outcome="refused"} 1',
      'cross_origin_refusals_total{reason="origin"} 1',
      'database_pool_waiting 0',
      'password_hashes_queued 0',
    ])
      expect(text).toContain(`${line}\n`);
    expect(text).toMatch(/^database_pool_connections [1-9]/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(text).toMatch(/^process_resident_memory_bytes \d{8,}$/m);
    expect(text).not.toContain('invented');
    expect((await fetch(`${api.url}/metrics`)).status).toBe(404); // never on the port of the API
  });

  it('are off without METRICS_PORT, and a port that is taken is named at start', async () => {
    const { metricsPort } = await start();
    const second = await ApiProcess.launch({
      ...database.environment,
      DATA_DIR: undefined,
      METRICS_PORT: metricsPort,
      HOST: '127.0.0.1',
    });
    closers.unshift(() => killAll([second]));
    if (database.environment.DATABASE_URL === undefined) return;
    expect(await second.end()).toBe(1);
    expect(second.output).toContain(`METRICS_PORT: ${metricsPort} is in use; set it to another port`);
  });
});

describeWithPrograms('prometheus', 'promtool')('Prometheus', () => {
  it('accepts the rules of deploy/, scrapes the API, and fires the alert of one that is gone', async () => {
    const { api, metricsPort } = await start();
    const directory = mkdtempSync(join(tmpdir(), 'prometheus-'));
    cpSync('deploy/prometheus', directory, { recursive: true });
    const configuration = join(directory, 'prometheus.yml');
    const template = readFileSync(configuration, 'utf8').replaceAll('9464', metricsPort).replaceAll('15s', '1s');
    writeFileSync(configuration, template);
    const rules = readFileSync(join(directory, 'alerts.yml'), 'utf8');
    writeFileSync(join(directory, 'alerts.yml'), rules.replace('for: 1m', 'for: 1s'));
    execFileSync('promtool', ['check', 'config', configuration]);
    expect(rules.match(/- alert:/g)).toHaveLength(10);

    const url = `http://127.0.0.1:${String(await freePort())}`;
    const args = [`--config.file=${configuration}`, `--storage.tsdb.path=${directory}/data`];
    const prometheus = spawn('prometheus', [...args, `--web.listen-address=${new URL(url).host}`], { stdio: 'ignore' });
    closers.unshift(async () => {
      const exited = once(prometheus, 'exit');
      if (prometheus.kill()) await exited;
      rmSync(directory, { recursive: true, force: true });
    });
    const ask = async (path: string) => {
      const response = await fetch(`${url}/api/v1/${path}`).catch(() => undefined);
      return response === undefined ? '' : response.text();
    };
    await waitUntil(async () => (await ask('query?query=up{job="api"}')).includes(',"1"]'));
    await waitUntil(async () =>
      (await ask('query?query=http_request_duration_seconds_count')).includes('/health/live'),
    );
    await api.end('SIGKILL');
    await waitUntil(async () => /"alertname":"ApiDown"[^]*"state":"firing"/.test(await ask('alerts')));
  });

  it('has every metric that the dashboard asks for', async () => {
    const { read } = await start();
    const known = new Set([...(await read()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
    const dashboard = JSON.parse(readFileSync('deploy/grafana/dashboard.json', 'utf8')) as {
      panels: { targets: { expr: string }[] }[];
    };
    const text = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');
    const asked = [...text.matchAll(/[a-z]+(?:_[a-z0-9]+){2,}/g)].map(([name]) => name.replace(/_(count|bucket)$/, ''));
    const missing = [...new Set(asked)].filter((name) => !known.has(name));
    expect(missing).toEqual([]);
    expect(dashboard.panels).toHaveLength(10);
  });
});
