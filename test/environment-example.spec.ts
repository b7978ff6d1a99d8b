import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { validateEnvironment } from '../src/config/environment.js';
import { environmentSchema } from '../src/config/environment.schema.js';

const keys = Object.keys(environmentSchema.describe().keys as object).sort();

/** `.env.example` as somebody has it who removes every `#` before a key. */
const example = parseEnv(readFileSync('.env.example', 'utf8').replace(/^#(?=[A-Z_]+=)/gm, ''));

/** The first matches of a pattern in a text. */
const find = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);

describe('.env.example', () => {
  it('has every key, and no other', () => {
    expect(Object.keys(example).sort()).toEqual(keys);
  });

  it('gives the defaults', () => {
    expect(validateEnvironment(example)).toEqual(validateEnvironment({}));
  });

  it('changes nothing when it is copied as it is', () => {
    expect(parseEnv(readFileSync('.env.example', 'utf8'))).toEqual({});
  });
});

describe('the table of the configuration in README.md', () => {
  const [, section = ''] = readFileSync('README.md', 'utf8').split(/^## Configuration$/m);
  const [table = ''] = section.split(/^## /m);

  it('has every key once, and no other', () => {
    expect(find(table, /^\| `([A-Z_]+)` +\|/gm).sort()).toEqual(keys);
  });
});

describe('docker-compose.yml', () => {
  const [, service = ''] = readFileSync('docker-compose.yml', 'utf8').split(/^ {4}environment:$/m);
  const [block = ''] = service.split(/^ {4}\w+:/m);
  const given = Object.fromEntries(
    [...block.matchAll(/^ {6}([A-Z_]+): (.+)$/gm)].map(([, key, value]) => [key, value]),
  );

  /** Fills in what stands between `${` and `}`: https://docs.docker.com/reference/compose-file/interpolation */
  const interpolated = (variables: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(given).map(([key, value]) => [
        key,
        String(value)
          .replace(/^'(.*)'$/, '$1')
          .replace(/\$\{(\w+):?-([^}]*)\}/g, (_, name: string, fallback: string) => variables[name] ?? fallback)
          .replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) => variables[name] ?? ''),
      ]),
    );

  it('gives the API keys that it has', () => {
    expect(Object.keys(given).length).toBeGreaterThan(5);
    expect(keys).toEqual(expect.arrayContaining(Object.keys(given)));
  });

  it('demands a secret, with the command that makes one', () => {
    expect(given.JWT_SECRET).toMatch(/^'\$\{JWT_SECRET:\?.*openssl rand -base64 48\}'$/);
  });

  it('starts in production mode with that secret alone', () => {
    const environment = { NODE_ENV: 'production', ...interpolated({ JWT_SECRET: 'x'.repeat(32) }) };
    expect(validateEnvironment(environment)).toMatchObject({
      API_URL: 'http://localhost:3000',
      FRONTEND_URL: 'http://localhost:5173',
      DATABASE_URL: 'postgres://api:api@database:5432/api',
    });
  });
});
