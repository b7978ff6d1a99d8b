import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigService } from '@nestjs/config';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './environment.schema.js';
import { ConfigurationError } from './configuration.error.js';
import { Secrets } from './secrets.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const secretsOf = (environment: Partial<Environment>) => new Secrets(new ConfigService(environment));

describe('secrets', () => {
  it('are those of JWT_SECRET, in their order, and nothing is written', () => {
    const DATA_DIR = join(directory, 'data');
    expect(secretsOf({ JWT_SECRET: ['new', 'former'], DATA_DIR }).all).toEqual(['new', 'former']);
    expect(() => statSync(DATA_DIR)).toThrow('ENOENT');
  });

  it('are made once in development, in a file that only its owner reads', () => {
    const DATA_DIR = join(directory, 'a', 'b');
    const [made] = secretsOf({ DATA_DIR }).all;
    const file = join(DATA_DIR, 'jwt-secret');
    expect(Buffer.from(made, 'base64')).toHaveLength(48);
    expect(readFileSync(file, 'utf8')).toBe(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(secretsOf({ DATA_DIR }).all).toEqual([made]);
  });

  it('differ from one directory to the next', () => {
    const [one] = secretsOf({ DATA_DIR: join(directory, 'one') }).all;
    const [other] = secretsOf({ DATA_DIR: join(directory, 'other') }).all;
    expect(one).not.toBe(other);
  });

  it('are not taken from a file that was cut short', () => {
    writeFileSync(join(directory, 'jwt-secret'), '');
    expect(() => secretsOf({ DATA_DIR: directory })).toThrow(ConfigurationError);
    expect(() => secretsOf({ DATA_DIR: directory })).toThrow(/delete .*jwt-secret/);
  });

  it('need a directory: a file in its place is a mistake of the configuration', () => {
    const DATA_DIR = join(directory, 'file');
    writeFileSync(DATA_DIR, '');
    expect(() => secretsOf({ DATA_DIR })).toThrow(ConfigurationError);
    expect(() => secretsOf({ DATA_DIR })).toThrow('DATA_DIR has to be a directory');
  });

  it('give every purpose and every secret its own key of 32 bytes', () => {
    const secrets = secretsOf({ JWT_SECRET: ['new', 'former'] });
    const keys = [
      secrets.derive('cursor'),
      secrets.derive('access token'),
      secrets.derive('access token', 'former'),
    ].map((key) => key.toString('hex'));
    expect(new Set(keys).size).toBe(3);
    expect(keys.every((key) => key.length === 64)).toBe(true);
    expect(secrets.derive('cursor')).toEqual(secrets.derive('cursor', 'new'));
  });
});
