import { describe, expect, test } from '@jest/globals';
import { getHeader, type HeaderList } from '../../src/rules/header-list.js';
import { BrowserSession } from '../../src/verdict/browser-session.js';
import { judge } from '../../src/verdict/judge.js';
import { fetchRequest, type PageRequest } from '../../src/verdict/page-request.js';
import type { Verdict } from '../../src/verdict/verdict.js';
import type { WireAnswer, WireRequest } from '../../src/verdict/wire.js';
import { exceptions } from './exceptions.js';
import { rowsOf, type Row } from './rows.js';

const covered = (file: string) =>
  rowsOf(file)
    .filter(({ id }) => !(`${file}/${id}` in exceptions))
    .map((row) => [row.id, row] as const);

/** Where Chromium differs from Fetch, the rows are those of Fetch. */
const standard = { wildcardCoversAuthorization: false };

/** The rows of WPT use XMLHttpRequest and fetch alike. */
const requestOf = ({ url, method, headers, mode, credentials, redirect, body }: Row['request']): PageRequest =>
  fetchRequest(url, { method, headers: headers ?? [], mode, credentials, redirect, body });

/** Answers as the row says, and keeps what it was asked. */
class Server {
  readonly asked: WireRequest[] = [];

  constructor(private readonly hops: Row[]) {}

  answer = (wire: WireRequest): WireAnswer => {
    this.asked.push(wire);
    const key = wire.kind === 'preflight' ? 'preflight' : 'answer';
    // Hops of the same URL follow one another.
    const index = this.asked.filter(({ kind }) => kind === 'request').length - (wire.kind === 'request' ? 1 : 0);
    const hop = this.hops.find(({ url }, at) => at >= index && new URL(url).href === wire.url) ?? this.hops[index];
    const { status, headers } = hop?.[key] ?? { status: 404, headers: [] };
    const origin = getHeader(wire.headers, 'origin') ?? '*';
    return {
      status,
      headers: (headers as HeaderList).map(([name, value]) => [name, value.replace('$origin', origin)] as const),
    };
  };
}

function run(row: Row): { verdict: Verdict; server: Server } {
  let now = Date.parse('2026-01-01');
  const session = new BrowserSession('chromium', { now: () => now, rules: standard });
  const page = { origin: row.page };
  if (row.before) {
    const { request, answer, seconds_before = 0 } = row.before;
    const hops = answer ? [{ ...row.server[0], answer, url: request.url }] : row.server;
    judge(session, page, requestOf(request), new Server(hops).answer);
    now += seconds_before * 1000;
  }
  for (const cookie of row.cookies_before ?? []) {
    const url = new URL(row.server[0].url);
    const request = { url, initiator: url.origin, ancestors: [], method: 'GET', topLevelNavigation: true };
    session.jar.store(cookie, { request, byHttp: true, now, blockThirdParty: false });
  }
  const server = new Server(row.server);
  return { verdict: judge(session, page, requestOf(row.request), server.answer), server };
}

function check(row: Row): void {
  const { verdict, server } = run(row);
  const { expected } = row;
  expect(verdict.outcome === 'blocked' ? 'network error' : 'success').toBe(expected.outcome);
  if (expected.error) expect(verdict.reason?.code).toBe(expected.error);
  if (expected.request_sent === false) expect(server.asked).toEqual([]);
  const preflights = server.asked.filter(({ kind }) => kind === 'preflight');
  if ('preflight' in expected) expect(preflights.length > 0).toBe(expected.preflight);
  if ('status' in expected) expect(verdict.response?.status).toBe(expected.status);
  if ('response_type' in expected) expect(verdict.response?.type).toBe(expected.response_type);
  const readable = verdict.response?.headers ?? [];
  for (const [name, value] of Object.entries(expected.readable_headers ?? {}))
    expect([name, getHeader(readable, name)]).toEqual([name, value]);
  for (const name of expected.unreadable_headers ?? []) expect([name, getHeader(readable, name)]).toEqual([name, null]);
  const last = server.asked.filter(({ kind }) => kind === 'request').at(-1);
  for (const [name, value] of Object.entries(expected.request_headers ?? {}))
    expect([name, getHeader(last?.headers ?? [], name)]).toEqual([name, value]);
  if ('access_control_request_headers' in expected) {
    const asked = getHeader(preflights[0]?.headers ?? [], 'access-control-request-headers');
    expect(asked).toBe(expected.access_control_request_headers);
  }
  if (expected.method_after_redirect) expect(last?.method).toBe(expected.method_after_redirect);
}

describe('requests, preflights and answers (WPT)', () => {
  test.each(covered('cors-check'))('%s', (_, row) => check(row));
});

describe('requests and the CorsError of Chromium', () => {
  test.each(covered('cors-errors'))('%s', (_, row) => check(row));
});

describe('the preflight cache (Chromium)', () => {
  test.each(covered('preflight-cache'))('%s', (_, row) => {
    let now = 0;
    const session = new BrowserSession('chromium', { now: () => now });
    const isPreflighted = ({ page, url, method, credentials }: Row['first']) => {
      let preflights = 0;
      const allow: HeaderList = [
        ['access-control-allow-origin', page],
        ['access-control-allow-credentials', 'true'],
      ];
      // A header of the script makes the request one that needs a preflight, as the rows take for granted.
      const request = fetchRequest(url, { method, credentials, headers: { 'x-a': '1' } });
      judge(session, { origin: page }, request, (wire) => {
        if (wire.kind === 'preflight') preflights += 1;
        const answer: [string, string][] = [
          ...Object.entries(row.preflight_answer as Record<string, string>),
          ['access-control-allow-headers', 'x-a'],
        ];
        return { status: 200, headers: [...allow, ...answer] };
      });
      return preflights > 0;
    };
    expect(isPreflighted(row.first)).toBe(true);
    for (const { after_seconds, expected_preflight, ...next } of row.then) {
      now = after_seconds * 1000;
      expect(isPreflighted(next)).toBe(expected_preflight);
    }
  });
});
