import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Environment } from '../config/environment.schema.js';
import { OriginList } from '../origin-rules/origin-list.js';
import type { Mistake, OriginOptions } from '../origin-rules/origin-syntax.js';

/** The origins whose pages may call this API with the cookie. None, until `main.ts` enables CORS for `FRONTEND_URL`. */
@Injectable()
export class AllowedOrigins {
  private readonly options: OriginOptions;
  private fromEnvironment = OriginList.empty;
  private fromDatabase = OriginList.empty;
  private all = OriginList.empty;

  constructor(config: ConfigService<Environment, true>) {
    this.options = {
      production: config.get('NODE_ENV', { infer: true }) === 'production',
      previews: config.get('PREVIEW_ORIGINS', { infer: true }) === 'accepted',
    };
  }

  /** Those of `FRONTEND_URL`. */
  get configured(): readonly string[] {
    return this.fromEnvironment.entries;
  }

  /** Those of `FRONTEND_URL`, and those that admins added. */
  get entries(): readonly string[] {
    return this.all.entries;
  }

  has(origin: string): boolean {
    return this.all.allows(origin);
  }

  configure(origins: OriginList): void {
    this.fromEnvironment = origins;
    this.all = OriginList.union(this.fromEnvironment, this.fromDatabase);
  }

  /** Replaces what admins added. An entry that the rules refuse by now is left out. */
  setStored(entries: readonly string[]): void {
    this.fromDatabase = OriginList.parse(entries, this.options).origins;
    this.all = OriginList.union(this.fromEnvironment, this.fromDatabase);
  }

  /** What is wrong with an entry, by the rules for `FRONTEND_URL`. */
  findMistakes(entry: string): Mistake[] {
    return OriginList.parse([entry], this.options).mistakes;
  }
}
