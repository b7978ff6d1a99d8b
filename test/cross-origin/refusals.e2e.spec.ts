import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { createTestDatabase, describeOnServer, type TestDatabase } from '../support/database.js';
import { ApiProcess } from '../support/process.js';
import { foreign, site } from './support/origins.js';
import { problem, send, sendRaw, valuesOf } from './support/wire.js';

const preflight = (origin: string, method = 'POST') => ({
  method: 'OPTIONS',
  path: '/posts',
  headers: { Origin: origin, 'Access-Control-Request-Method': method },
});
const linesOf = ({ output }: ApiProcess, text: string) => output.split('\n').filter((line) => line.includes(text));

let database: TestDatabase;
let api: ApiProcess;
let door: { port: number };
async function start(environment: Record<string, string>): Promise<void> {
  database = await createTestDatabase();
  api = await ApiProcess.start({ ...site, ...database.environment, LOG_LEVEL: 'warn', NO_COLOR: '1', ...environment });
  door = { port: Number(new URL(api.url).port) };
}
async function stop(): Promise<void> {
  await api.end('SIGTERM');
  await database.drop();
}

describe('a refusal outside production', () => {
  beforeAll(() => start({}));
  afterAll(stop);

  it('is one line of the log, however often it happens', async () => {
    const page = 'https://example.com:8443';
    for (let i = 0; i < 20; i += 1) await send(door, { path: '/posts', headers: { Origin: page } });
    await send(door, preflight('https://after-those.example'));
    await api.prints('https://after-those.example');
    const lines = linesOf(api, `Refused ${page}`);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('WARN');
    expect(lines[0]).toContain(
      'the nearest allowed origin is https://example.com (differs by port: 8443 instead of none)',
    );
    expect(lines[0]).toContain(`step: 'origin'`);
  });

  it('is not logged for a page of this very host, which is no foreign one', async () => {
    await send(door, { path: '/posts', headers: { Origin: api.url } });
    await send(door, preflight('https://after-that.example'));
    await api.prints('https://after-that.example');
    expect(linesOf(api, `Refused ${api.url}`)).toEqual([]);
  });

  it('says in the answer what the log says', async () => {
    const answer = await send(door, preflight('http://example.com'));
    expect(answer.status).toBe(403);
    expect(problem(answer)).toMatchObject({
      type: 'urn:problem:preflight-refused',
      title: 'Forbidden',
      instance: '/posts',
    });
    expect(problem(answer).detail).toBe(
      'The request was refused at the step "origin": this origin is not allowed; the nearest allowed origin is ' +
        'https://example.com (differs by scheme: http instead of https). What browsers say, and what to change: ' +
        'docs/reasons/PreflightMissingAllowOriginHeader.md',
    );
    expect(existsSync('docs/reasons/PreflightMissingAllowOriginHeader.md')).toBe(true);
    expect(valuesOf(answer, 'cache-control')).toEqual(['private, no-store']);
  });

  it.each([
    ['a bare CR', '\r[Nest] 1 - LOG forged'],
    ['an escape sequence', '\x1b[31mforged'],
    ['bytes beyond ASCII', '\xe2\x80\xa8forged'],
    ['a tab', '\tforged'],
  ])('cannot forge a line of the log with %s', async (_, tail) => {
    const mark = `https://mark-${String(tail.length)}.example`;
    await sendRaw(door, `GET /posts HTTP/1.1\r\nHost: api\r\nConnection: close\r\nOrigin: ${mark}${tail}\r\n\r\n`);
    await send(door, preflight(`${mark}.end`));
    await api.prints(`${mark}.end`);
    expect(api.output).not.toContain(tail);
    expect(api.output.split('\n').filter((line) => /^\S*forged/.test(line))).toEqual([]);
  });

  it('is not logged any more after a hundred others in the same minute', async () => {
    await Promise.all(
      Array.from({ length: 500 }, (_, i) => send(door, preflight(`https://page-${String(i)}.evil.example`))),
    );
    await api.end('SIGTERM'); // so that everything is printed
    const lines = linesOf(api, 'Refused ');
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.length).toBeLessThanOrEqual(100);
  });
});

describeOnServer('a refusal in production', () => {
  beforeAll(() =>
    start({ NODE_ENV: 'production', BCRYPT_COST: '10', JWT_SECRET: 'long enough for a test of production itself' }),
  );
  afterAll(stop);

  it.each([
    ['an origin', preflight('https://example.com:8443'), 'origin'],
    ['a method', preflight('https://example.com', 'DELETE'), 'method'],
    ['an unsafe request', { method: 'POST', path: '/posts', headers: { Origin: foreign } }, 'csrf'],
  ])('of %s tells the page nothing of the configuration, and the operator all of it', async (_, sent, step) => {
    const answer = await send(door, sent);
    expect(answer.status).toBe(403);
    expect(problem(answer).detail).toBe('This origin may not send this request.');
    expect(answer.body).not.toMatch(/nearest|FRONTEND_URL|\*\.example\.com|"step/);
    const lines = () => linesOf(api, `"step":"${step}"`).filter((each) => each.endsWith('}'));
    await api.until(() => lines().length > 0);
    const [line = ''] = lines();
    expect(JSON.parse(line)).toMatchObject({
      level: 'warn',
      context: 'CrossOrigin',
      params: { origin: sent.headers.Origin, step },
      requestId: expect.any(String),
    });
  });
});
