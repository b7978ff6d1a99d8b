import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import bcrypt from 'bcrypt';
import type { Environment } from '../config/environment.schema.js';
import { clientDisconnectCheck, clientIp } from '../logging/request-context.js';
import { observe } from '../metrics/registry.js';
import { networkOf } from '../rate-limits/network.js';
import { HashingQueue } from './hashing-queue.js';
import { maxPasswordBytes } from './password.schema.js';

@Injectable()
export class PasswordsService {
  private readonly cost: number;
  /** What every comparison takes as long as: the configured cost, or a higher one that a stored hash had. */
  private comparisonCost: number;
  private readonly queue = new HashingQueue();

  constructor(config: ConfigService<Environment, true>) {
    this.cost = config.get('BCRYPT_COST', { infer: true });
    this.comparisonCost = this.cost;
    observe('password_hashes_queued', 'Passwords that wait to be hashed', () => this.queue.length);
  }

  /** @throws ProblemException 503 when too many hashes are queued */
  async hash(password: string): Promise<string> {
    return this.run(() => bcrypt.hash(password, this.cost));
  }

  /** Whether a hash was made with another cost than the configured one. */
  needsRehash(hash: string): boolean {
    return bcrypt.getRounds(hash) !== this.cost;
  }

  /**
   * Takes as long whatever the cost of the hash, and without one, so that the time does not tell whether an account exists.
   *
   * @param hash undefined for an account that does not exist: nothing matches
   * @throws ProblemException 503 when too many hashes are queued
   */
  async matches(password: string, hash: string | undefined): Promise<boolean> {
    const isEqual = await this.run(() => this.compare(password, hash));
    return isEqual && Buffer.byteLength(password) <= maxPasswordBytes;
  }

  private async compare(password: string, hash: string | undefined): Promise<boolean> {
    if (hash === undefined) {
      await bcrypt.hash(password, this.comparisonCost);
      return false;
    }
    const cost = bcrypt.getRounds(hash);
    this.comparisonCost = Math.max(this.comparisonCost, cost);
    const isEqual = await bcrypt.compare(password, hash);
    // A cost takes twice as long as the one below it: 2^c + (2^c + 2^(c+1) + ... + 2^(d-1)) = 2^d
    for (let padding = cost; padding < this.comparisonCost; padding += 1) await bcrypt.hash(password, padding);
    return isEqual;
  }

  private run<T>(task: () => Promise<T>): Promise<T> {
    return this.queue.run(task, { network: networkOf(clientIp() ?? ''), isAbandoned: clientDisconnectCheck() });
  }
}
