import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import bcrypt from 'bcrypt';
import type { Environment } from '../config/environment.schema.js';
import { requestIsGone } from '../http/request-context.js';
import { HashingGate } from './hashing-gate.js';

@Injectable()
export class Passwords {
  private readonly cost: number;
  private readonly gate = new HashingGate();
  private readonly nobody: Promise<string>;

  constructor(config: ConfigService<Environment, true>) {
    this.cost = config.get('BCRYPT_COST', { infer: true });
    this.nobody = this.hash('nobody has this password');
  }

  /** @throws ServiceUnavailableException when too many hashes are under way */
  async hash(password: string): Promise<string> {
    return this.gate.run(() => bcrypt.hash(password, this.cost), requestIsGone());
  }

  /** Takes as long for an account that does not exist (no hash) as for one that does. */
  async matches(password: string, hash: string | undefined): Promise<boolean> {
    const known = hash ?? (await this.nobody);
    const equal = await this.gate.run(() => bcrypt.compare(password, known), requestIsGone());
    return equal && hash !== undefined && Buffer.byteLength(password) <= 72;
  }
}
