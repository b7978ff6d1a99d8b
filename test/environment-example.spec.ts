import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { validateEnvironment } from '../src/config/environment.js';
import { environmentSchema } from '../src/config/environment.schema.js';
import { codesIn, tableIn } from './support/markdown.js';

const variables = Object.keys(environmentSchema.describe().keys as object).sort();
const text = readFileSync('.env.example', 'utf8');

/** `.env.example` without the `#` before each variable. */
const example = parseEnv(text.replace(/^#(?=[A-Z_]+=)/gm, ''));

describe('.env.example', () => {
  it('has every variable, and no other', () => {
    expect(Object.keys(example).sort()).toEqual(variables);
  });

  it('gives the defaults', () => {
    expect(validateEnvironment(example)).toEqual(validateEnvironment({}));
  });

  it('changes nothing when it is copied as it is', () => {
    expect(parseEnv(text)).toEqual({});
  });
});

describe('the table in docs/reference/configuration.md', () => {
  const rows = tableIn(readFileSync('docs/reference/configuration.md', 'utf8'));

  it('has every variable once, and no other', () => {
    expect(rows.flatMap(([cell = '']) => codesIn(cell)).sort()).toEqual(variables);
  });

  it.each(variables)('says the same of %s as .env.example', (variable) => {
    const [, value = '', meaning = ''] = rows.find(([cell]) => cell === `\`${variable}\``) ?? [];
    expect(firstSentence(meaning)).toBe(firstSentence(commentAbove(variable)));
    if (example[variable] === '') expect(value).toMatch(/^none/);
    else expect(value).toContain(`\`${example[variable] ?? ''}\``);
  });
});

/** The comment in `.env.example`, as one line. */
function commentAbove(variable: string): string {
  const [, comment = ''] = new RegExp(`((?:^# .*\n)+)#${variable}=`, 'm').exec(text) ?? [];
  return comment.replace(/\n?^# /gm, ' ').trim();
}

const firstSentence = (text: string) => /^.*?\.(?= |$)/.exec(text.replace(/[`"]/g, ''))?.[0];

describe('docker-compose.yml', () => {
  const [, service = ''] = readFileSync('docker-compose.yml', 'utf8').split(/^ {4}environment:$/m);
  const [block = ''] = service.split(/^ {4}\w+:/m);
  const given = Object.fromEntries(
    [...block.matchAll(/^ {6}([A-Z_]+): (.+)$/gm)].map(([, name, value]) => [name, value]),
  );

  /** Fills in what stands between `${` and `}`: https://docs.docker.com/reference/compose-file/interpolation */
  const interpolated = (values: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(given).map(([variable, value]) => [
        variable,
        String(value)
          .replace(/^'(.*)'$/, '$1')
          .replace(/\$\{(\w+):?-([^}]*)\}/g, (_, name: string, fallback: string) => values[name] ?? fallback)
          .replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) => values[name] ?? ''),
      ]),
    );

  it('gives the API variables that it has', () => {
    expect(Object.keys(given).length).toBeGreaterThan(5);
    expect(variables).toEqual(expect.arrayContaining(Object.keys(given)));
  });

  it('requires a secret, and names the command that creates one', () => {
    expect(given.JWT_SECRET).toMatch(/^'\$\{JWT_SECRET:\?.*openssl rand -base64 48\}'$/);
  });

  it('starts in production mode with that secret alone', () => {
    const environment = { NODE_ENV: 'production', ...interpolated({ JWT_SECRET: 'x'.repeat(32) }) };
    const { API_URL, FRONTEND_URL, DATABASE_URL } = validateEnvironment(environment);
    expect(API_URL.href).toBe('http://localhost:3000/');
    expect(FRONTEND_URL.entries).toEqual(['http://localhost:5173']);
    expect(DATABASE_URL).toBe('postgres://api:api@database:5432/api');
  });
});
