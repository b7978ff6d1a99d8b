import { Injectable } from '@nestjs/common';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigService } from '@nestjs/config';
import type { Environment } from './environment.schema.js';

/**
 * The secrets of `JWT_SECRET`, newest first: the first one signs, every one of them verifies. In development one is made
 * on the first start and kept in `DATA_DIR`, so that a restart does not log anybody out.
 */
@Injectable()
export class Secrets {
  readonly all: readonly [string, ...string[]];

  constructor(config: ConfigService<Environment, true>) {
    const [first, ...former] = (
      config.get('JWT_SECRET', { infer: true }) ?? developmentSecret(config.get('DATA_DIR', { infer: true }))
    ).split(',');
    this.all = [first ?? '', ...former];
  }

  /** The key for one purpose, derived so that no two purposes share one (RFC 5869 expands a key in the same way). */
  derive(purpose: string, secret: string = this.all[0]): Buffer {
    return createHmac('sha256', secret).update(purpose).digest();
  }
}

function developmentSecret(directory: string): string {
  const file = join(directory, 'jwt-secret');
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(file, randomBytes(48).toString('base64'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}
