import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Collector, spanKind, type ExportedSpan } from './support/collector.js';
import { createTestDatabase, describeOnServer, type TestDatabase } from './support/database.js';
import { ApiProcess, killAll } from './support/process.js';
import { createUser, password } from './support/users.js';
import { waitUntil } from './support/wait.js';

const origin = 'http://localhost:5173';
const processes: ApiProcess[] = [];
const directories: string[] = [];
let database: TestDatabase;
let collector: Collector;
beforeEach(async () => {
  database = await createTestDatabase();
  collector = await new Collector().open();
});
afterEach(async () => {
  await killAll(processes);
  await collector.close();
  await database.drop();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}, cwd?: string): Promise<ApiProcess> {
  const api = await ApiProcess.start({ ...database.environment, ...environment }, { cwd });
  processes.push(api);
  return api;
}

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'traces-'));
  directories.push(directory);
  return directory;
}

/** Batches are sent at once, and in JSON. */
const startTraced = (environment: Record<string, string> = {}) =>
  start({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '10',
    ...environment,
  });

/** What the instrumentation of a page sends. */
function newTrace(flags = '01') {
  const traceId = randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  return { traceId, spanId, headers: { Origin: origin, traceparent: `00-${traceId}-${spanId}-${flags}` } };
}

const isServerSpan = ({ kind }: ExportedSpan) => kind === spanKind.server;

/** The span of a request is the last one of its trace to end. */
async function exported(traceId: string): Promise<{ request: ExportedSpan; spans: ExportedSpan[] }> {
  let spans: ExportedSpan[] = [];
  await waitUntil(() => (spans = collector.spansOf(traceId)).some(isServerSpan));
  return { request: spans.find(isServerSpan) as ExportedSpan, spans };
}

const statementsOf = (spans: ExportedSpan[]) =>
  spans.flatMap(({ attributes }) => attributes['db.query.text'] ?? []).map(String);

describe('a trace', () => {
  it('goes from the page of another origin to the SQL', async () => {
    const api = await startTraced();
    await api.prints(`Traces: sent to ${new URL(collector.url).host}`);
    const { session } = await createUser(api);
    const { traceId, spanId, headers } = newTrace();
    const preflight = await fetch(`${api.url}/posts`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,traceparent,tracestate',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toMatch(/traceparent,tracestate/);
    const response = await fetch(`${api.url}/posts`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', Cookie: session.cookie },
      body: JSON.stringify({ title: 'Traced', content: 'From the page to the SQL' }),
    });
    expect(response.status).toBe(201);

    const { request, spans } = await exported(traceId);
    const requestId = response.headers.get('X-Request-Id');
    expect(request).toMatchObject({ name: 'POST /posts', parentSpanId: spanId, status: { code: 0 } });
    expect(request.attributes).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': 201,
      'http.route': '/posts',
      'request.id': requestId,
      'url.path': '/posts',
      'url.scheme': 'http',
    });
    expect(request.resource).toMatchObject({ 'service.name': 'cross-origin-api' });
    const handler = spans.find(({ name }) => name === 'PostsController.create');
    expect(handler).toMatchObject({ parentSpanId: request.spanId, kind: spanKind.internal });
    const insert = spans.find(({ attributes }) =>
      String(attributes['db.query.text']).startsWith('INSERT INTO "posts"'),
    );
    expect(insert).toMatchObject({ parentSpanId: handler?.spanId, kind: spanKind.client });
    expect(insert?.attributes['db.query.text']).toContain('$1');
    // The guard finds the session before the controller is called.
    expect(spans.some((span) => span.parentSpanId === request.spanId && span.kind === spanKind.client)).toBe(true);
    const known = new Set([spanId, ...spans.map((span) => span.spanId)]);
    expect(spans.filter(({ parentSpanId = '' }) => !known.has(parentSpanId))).toEqual([]);
    // `OPTIONS` has arrived before, and has none.
    expect(collector.spans.map(({ name }) => name).filter((name) => name.startsWith('OPTIONS'))).toEqual([]);
    await api.prints(`[Request ${String(requestId).slice(0, 8)} ${traceId}]`);
  });

  it('keeps requests apart that share one connection to the database', async () => {
    const api = await startTraced({ DATABASE_POOL_SIZE: '1' });
    const traces = Array.from({ length: 20 }, () => newTrace());
    await Promise.all(traces.map(({ headers }) => fetch(`${api.url}/posts?limit=1`, { headers })));
    const statements = new Set<string>();
    for (const { traceId } of traces) {
      const { spans } = await exported(traceId);
      const queries = spans.filter(({ attributes }) => attributes['db.query.text'] !== undefined);
      statements.add(statementsOf(queries).sort().join('\n'));
      const handler = spans.find(({ name }) => name === 'PostsController.findAll');
      expect(new Set(queries.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([handler?.spanId]));
    }
    expect([...statements]).toEqual([expect.stringMatching(/FROM posts/)]);
  });

  it('has the status of the response, and no error for a mistake of the client', async () => {
    const api = await startTraced();
    const missing = newTrace();
    await fetch(`${api.url}/posts/1`, { headers: missing.headers });
    const { request, spans } = await exported(missing.traceId);
    expect(request).toMatchObject({ name: 'GET /posts/:id', status: { code: 0 } });
    expect(request.attributes).toMatchObject({ 'http.response.status_code': 404, 'url.path': '/posts/1' });
    expect(spans.find(({ name }) => name === 'PostsController.findOne')).toMatchObject({ status: { code: 0 } });
    const unknown = newTrace();
    await fetch(`${api.url}/invented`, { method: 'PROPFIND', headers: unknown.headers });
    expect((await exported(unknown.traceId)).request).toMatchObject({
      name: 'HTTP',
      attributes: { 'http.request.method': '_OTHER', 'http.request.method_original': 'PROPFIND' },
    });
  });

  it('is not recorded for probes, the start, and pages that do not record it', async () => {
    const api = await startTraced();
    await fetch(`${api.url}/health/live`);
    await fetch(`${api.url}/health/ready`);
    const unsampled = newTrace('00');
    await fetch(`${api.url}/posts`, { headers: unsampled.headers });
    await api.prints(unsampled.traceId); // in the log of the request
    const sampled = newTrace();
    await fetch(`${api.url}/posts`, { headers: sampled.headers });
    await exported(sampled.traceId);
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([sampled.traceId]));
  });
});

describe('an exported span', () => {
  it('holds no password, token, cookie, query, e-mail address or parameter', async () => {
    const api = await startTraced();
    const { email, session } = await createUser(api);
    const { traceId, headers } = newTrace();
    const json = { ...headers, 'Content-Type': 'application/json', Cookie: session.cookie };
    const send = (path: string, body: unknown, more = {}) =>
      fetch(`${api.url}${path}`, { method: 'POST', headers: { ...json, ...more }, body: JSON.stringify(body) });
    const secrets = { path: 'query-7281', bearer: 'bearer-7282', key: 'idempotency-7283', wrong: 'password-7284' };
    await fetch(`${api.url}/posts?search=${secrets.path}&token=${secrets.path}`, { headers });
    await fetch(`${api.url}/authentication`, { headers: { ...headers, Authorization: `Bearer ${secrets.bearer}` } });
    await send('/authentication/log-in', { email, password: secrets.wrong });
    await send('/categories', { name: 'category-7285' }, { 'Idempotency-Key': secrets.key });
    // PostgreSQL refuses it: the statement has failed.
    expect((await send('/categories', { name: 'category-7285' })).status).toBe(409);
    expect((await send('/authentication/refresh', {})).status).toBe(204);
    await waitUntil(() => collector.spansOf(traceId).filter(isServerSpan).length === 6);

    const failed = collector.spansOf(traceId).filter(({ status }) => status.code === 2);
    expect(failed.map(({ name }) => name)).toContainEqual(expect.stringMatching(/INSERT/));
    expect(collector.spans.filter(({ status, events }) => status.message !== undefined || events.length > 0)).toEqual(
      [],
    );
    const tokens = [session.access, session.refresh].map((cookie) => cookie.split('=')[1] ?? cookie);
    for (const secret of [...Object.values(secrets), ...tokens, password, email, 'category-7285', '7285', '$2b$'])
      expect(collector.text).not.toContain(secret);
  });
});

describe('the collector', () => {
  const settings = (variables: Record<string, string>) =>
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n');

  it('gets the last spans at shutdown, in protobuf by default, with the name and the headers of .env', async () => {
    const directory = newDirectory();
    const variables = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%2Cb,x-tenant=shop',
      OTEL_SERVICE_NAME: 'shop-api',
    };
    writeFileSync(join(directory, '.env'), settings(variables));
    const api = await start({ NODE_ENV: 'development', OTEL_BSP_SCHEDULE_DELAY: '86400000' }, directory);
    const { traceId, headers } = newTrace();
    await fetch(`${api.url}/posts`, { headers });
    expect(collector.received).toBe(0);
    expect(await api.end('SIGTERM')).toBe(0);
    expect(Buffer.concat(collector.bodies).includes(Buffer.from(traceId, 'hex'))).toBe(true);
    expect(collector.text).toContain('shop-api');
    expect(collector.headers[0]).toMatchObject({
      'content-type': 'application/x-protobuf',
      'api-key': 'a,b',
      'x-tenant': 'shop',
    });
  });

  it('gets a part of the traces, whatever the page wants, with OTEL_TRACES_SAMPLER', async () => {
    const api = await startTraced({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' });
    const traces = Array.from({ length: 64 }, () => newTrace());
    for (const { headers } of traces) await fetch(`${api.url}/posts`, { headers });
    expect(await api.end('SIGTERM')).toBe(0);
    const { length } = traces.filter(({ traceId }) => collector.spansOf(traceId).some(isServerSpan));
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(64);
  });

  it.each(['hangs', 'refuses connections'])('that %s does not disturb the API, and is logged once', async (fault) => {
    if (fault === 'hangs') collector.hangs = true;
    else await collector.close();
    const api = await startTraced({ OTEL_EXPORTER_OTLP_TIMEOUT: '50' });
    const complaints = () => api.output.match(/The collector does not accept spans/g)?.length ?? 0;
    const serve = async () => expect((await fetch(`${api.url}/posts`)).status).toBe(200);
    await waitUntil(async () => {
      await serve();
      return complaints() > 0;
    });
    for (let request = 0; request < 50; request += 1) await serve();
    collector.hangs = false;
    if (fault !== 'hangs') await collector.open();
    await waitUntil(async () => {
      await serve();
      return api.output.includes('The collector accepts spans again');
    });
    expect(complaints()).toBe(1);
    expect(await api.end('SIGTERM')).toBe(0);
  });

  it('that hangs does not keep the API from shutting down', async () => {
    collector.hangs = true;
    const api = await startTraced();
    await fetch(`${api.url}/posts`);
    await waitUntil(() => collector.received > 0);
    await fetch(`${api.url}/posts`);
    expect(await api.end('SIGTERM')).toBe(0);
  });
});

describe('OpenTelemetry', () => {
  /** The scripts that a process had loaded when it ended: https://nodejs.org/api/cli.html#node_v8_coveragedir */
  async function loadedScripts(environment: Record<string, string>): Promise<string[]> {
    const directory = newDirectory();
    const api = await start({ ...environment, NODE_V8_COVERAGE: directory });
    await fetch(`${api.url}/posts`);
    await api.end('SIGTERM');
    const reports = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'utf8'));
    return reports.flatMap((text) => (JSON.parse(text) as { result: { url: string }[] }).result.map(({ url }) => url));
  }

  /** Without the interfaces in `@opentelemetry/api`, which `prom-client` loads. */
  const isOpenTelemetry = (url: string) => /@opentelemetry\/(?!api\/)|-in-the-middle\/|dist\/traces\/trace-/.test(url);

  it('is not loaded without OTEL_EXPORTER_OTLP_ENDPOINT', async () => {
    const without = await loadedScripts({});
    expect(without.some((url) => url.endsWith('/dist/main.js'))).toBe(true);
    expect(without.filter(isOpenTelemetry)).toEqual([]);
    const withTraces = await loadedScripts({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    expect(withTraces.filter(isOpenTelemetry)).not.toEqual([]);
  });
});

describeOnServer('the log in production', () => {
  it('has the id of the trace beside the id of the request', async () => {
    const api = await startTraced({ NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32), BCRYPT_COST: '10' });
    const { traceId, headers } = newTrace();
    const response = await fetch(`${api.url}/posts`, { headers });
    await api.prints(traceId);
    const line = api.output.split('\n').find((text) => text.includes(traceId)) ?? '';
    expect(JSON.parse(line)).toMatchObject({ traceId, requestId: response.headers.get('X-Request-Id') });
  });
});
