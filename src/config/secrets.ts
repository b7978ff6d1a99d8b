import { Injectable } from '@nestjs/common';
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigService } from '@nestjs/config';
import type { Environment } from './environment.schema.js';
import { ConfigurationError } from './configuration.error.js';

/**
 * The secrets of `JWT_SECRET`, newest first: the first one signs, all of them verify. In development one is generated at
 * the first start and kept in `DATA_DIR`, so that a restart logs nobody out.
 */
@Injectable()
export class Secrets {
  readonly all: readonly [string, ...string[]];

  constructor(config: ConfigService<Environment, true>) {
    const given = config.get('JWT_SECRET', { infer: true }) ?? [];
    const [first = developmentSecret(config.get('DATA_DIR', { infer: true })), ...former] = given;
    this.all = [first, ...former];
  }

  /** The key for one purpose, derived so that no two purposes share one (RFC 5869 expands a key in the same way). */
  derive(purpose: string, secret: string = this.all[0]): Buffer {
    return createHmac('sha256', secret).update(purpose).digest();
  }
}

/** @throws ConfigurationError when the directory cannot be used */
function developmentSecret(directory: string): string {
  const file = join(directory, 'jwt-secret');
  const secret = readOrCreate(file);
  if (secret.length >= 32) return secret;
  throw new ConfigurationError([`DATA_DIR holds a broken secret; delete ${file}, and a new one is generated`]);
}

function readOrCreate(file: string): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString('base64'), { flag: 'wx', mode: 0o600 });
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`DATA_DIR has to be a directory this user can write to; ${file}: ${code}`]);
  }
}
