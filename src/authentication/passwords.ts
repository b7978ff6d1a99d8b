import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import bcrypt from 'bcrypt';
import type { Environment } from '../config/environment.schema.js';

@Injectable()
export class Passwords {
  private readonly cost: number;
  private nobody?: Promise<string>;

  constructor(config: ConfigService<Environment, true>) {
    this.cost = config.get('BCRYPT_COST', { infer: true });
  }

  async hash(password: string): Promise<string> {
    return bcrypt.hash(password, this.cost);
  }

  /** Takes as long for an account that does not exist (no hash) as for one that does. */
  async matches(password: string, hash: string | undefined): Promise<boolean> {
    this.nobody ??= this.hash('nobody has this password');
    const nobody = await this.nobody;
    const equal = await bcrypt.compare(password, hash ?? nobody);
    return equal && hash !== undefined && Buffer.byteLength(password) <= 72;
  }
}
