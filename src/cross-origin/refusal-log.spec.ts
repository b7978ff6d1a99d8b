import { Logger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Environment } from '../config/environment.schema.js';
import { OriginList } from '../origin-rules/origin-list.js';
import { AllowedOrigins } from './allowed-origins.js';
import type { Refusal } from './origin-verdicts.js';
import { RefusalLog } from './refusal-log.js';

const frontends = ['https://app.example.com', 'https://admin.example.com'];
const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);

let log: RefusalLog;
function create(NODE_ENV: Environment['NODE_ENV']): RefusalLog {
  const config = new ConfigService<Environment, true>({ NODE_ENV });
  const allowedOrigins = new AllowedOrigins(config);
  allowedOrigins.configure(OriginList.parse(frontends, { production: false, previews: false }).origins);
  return new RefusalLog(allowedOrigins, config);
}
beforeEach(() => {
  jest.useFakeTimers();
  warn.mockClear();
  log = create('test');
});
afterEach(() => {
  log.onModuleDestroy();
  jest.useRealTimers();
});

const refuse = (origin: string | undefined, step: Refusal['step'] = 'origin') =>
  log.write(origin, { step, reason: 'no' });
const lines = () => warn.mock.calls.map(([line]) => String(line));

describe('the log', () => {
  it('has one line for an origin, with the nearest allowed one and the step', () => {
    for (let i = 0; i < 50; i += 1) refuse('https://app.example.com:8443');
    expect(warn.mock.calls).toEqual([
      [
        'Refused https://app.example.com:8443: no; the nearest allowed origin is https://app.example.com ' +
          '(differs by port: 8443 instead of none)',
        { event: 'origin-refused', origin: 'https://app.example.com:8443', step: 'origin' },
      ],
    ]);
  });

  it('has a line of its own for each step', () => {
    for (const step of ['origin', 'method', 'headers', 'csrf', 'csrf'] as const) refuse('https://evil.example', step);
    expect(lines()).toHaveLength(4);
  });

  it('speaks of the same origin again after a minute, and says how much it kept to itself', () => {
    refuse('https://evil.example');
    refuse('https://evil.example');
    jest.advanceTimersByTime(59_000);
    refuse('https://evil.example');
    expect(lines()).toHaveLength(1);
    jest.advanceTimersByTime(1_000);
    expect(lines().slice(1)).toEqual(['2 further refusals were not logged one by one']);
    refuse('https://evil.example');
    expect(lines()).toHaveLength(3);
    jest.advanceTimersByTime(60_000);
    expect(lines()).toHaveLength(3);
  });

  it('has at most a hundred lines a minute, and the memory stays bounded under a million origins', () => {
    const kept = () => (log as unknown as { logged: Set<string> }).logged;
    for (let i = 0; i < 1_000_000; i += 1) refuse(`https://${i.toString(36)}.evil.example`);
    expect(lines()).toHaveLength(100);
    expect(kept().size).toBe(100);
    jest.advanceTimersByTime(60_000);
    expect(kept().size).toBe(0);
    expect(lines().at(-1)).toBe('999900 further refusals were not logged one by one');
  });

  it('keeps no more than the beginning of a long origin', () => {
    refuse(`https://${'x'.repeat(100_000)}`);
    expect(lines()[0]?.length).toBeLessThan(1_000);
  });

  it.each([
    ['a line break', 'https://evil.example\n[Nest] LOG forged'],
    ['CR', 'https://evil.example\r[Nest] LOG forged'],
    ['an escape sequence', '\u001b[2Jhttps://evil.example'],
    ['NUL', 'https://evil\0.example'],
    ['a line separator', 'https://evil.example\u2028forged'],
    ['a right-to-left override', 'https://\u202eevil.example'],
    ['DEL', 'https://evil.example\u007f'],
  ])('cannot be forged with %s', (_, origin) => {
    refuse(origin);
    const [line, details] = warn.mock.calls[0] as unknown as [string, { origin: string }];
    expect(line).toMatch(/^[\x20-\x7e]+$/);
    expect(details.origin).toMatch(/^[\x21-\x7e]+$/);
  });

  it('names a missing origin as such', () => {
    refuse(undefined, 'csrf');
    expect(lines()).toEqual(['Refused no origin: no']);
  });
});

describe('the explanation', () => {
  const origin = 'http://app.example.com';
  const refusal: Refusal = { step: 'origin', reason: 'it is not allowed' };

  it('names the step, the reason and the nearest origin outside production', () => {
    expect(log.explain(origin, refusal)).toBe(
      'The request was refused at the step "origin": it is not allowed; the nearest allowed origin is ' +
        'https://app.example.com (differs by scheme: http instead of https).',
    );
  });

  it.each(['method', 'headers'] as const)('speaks of no other origin when the %s is at fault', (step) => {
    expect(log.explain(origin, { ...refusal, step })).not.toContain('nearest');
  });

  it('tells a stranger nothing of the configuration in production', () => {
    const production = create('production');
    for (const step of ['origin', 'method', 'headers', 'csrf'] as const)
      expect(production.explain(origin, { ...refusal, step })).toBe('This origin may not send this request.');
    production.onModuleDestroy();
  });
});
