import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Environment } from '../config/environment.schema.js';
import { cookiePolicy } from './cookies.js';
import type { RoutePolicy } from './cross-origin.decorator.js';
import { OriginList } from './origin-list.js';
import type { Mistake, OriginOptions } from './origin-syntax.js';
import { decideSite, relate } from './site.js';

/** Which origins may call this API with the cookie, and which cookie reaches it from there. */
@Injectable()
export class CrossOriginPolicy implements OnModuleInit {
  /** What `FRONTEND_URL` says. */
  readonly configured: OriginList;
  readonly cookies: ReturnType<typeof cookiePolicy>;
  private readonly logger = new Logger('CrossOrigin');
  private readonly apiUrl: string;
  private readonly options: OriginOptions;
  private readonly site: Exclude<ReturnType<typeof decideSite>, { relation: 'impossible' }>;
  private current: OriginList;

  /** The environment was found to work when it was read. */
  constructor(config: ConfigService<Environment, true>) {
    this.apiUrl = config.get('API_URL', { infer: true });
    this.options = {
      production: config.get('NODE_ENV', { infer: true }) === 'production',
      previews: config.get('PREVIEW_ORIGINS', { infer: true }) === 'accepted',
    };
    const entries = config.get('FRONTEND_URL', { infer: true })?.split(',') ?? [];
    this.configured = this.parse(entries.map((entry) => entry.trim()));
    this.current = this.configured;
    const site = decideSite(this.apiUrl, this.configured.entries, this.options);
    if (site.relation === 'impossible') throw new Error('API_URL and FRONTEND_URL do not go together');
    this.site = site;
    this.cookies = cookiePolicy(this.apiUrl, site.relation);
  }

  /** Three lines that say what is in force. */
  onModuleInit(): void {
    const { access, refresh } = this.cookies;
    const { secure, sameSite, partitioned } = access.attributes;
    const previews = this.configured.entries.filter((entry) => /\w\*|\*\w/.test(entry));
    const attributes = [
      'HttpOnly',
      secure && 'Secure',
      `SameSite=${capitalised(sameSite)}`,
      partitioned && 'Partitioned',
    ];
    this.logger.log(
      this.configured.isEmpty
        ? 'CORS is off: FRONTEND_URL is not set, so no page on another origin can call this API'
        : `Origins allowed with credentials: ${this.configured.entries.join(', ')}`,
    );
    this.logger.log(
      `Cookies ${access.name} and ${refresh.name} (${this.site.relation}): ${attributes.filter(Boolean).join('; ')}`,
    );
    this.logger.log('Unsafe requests from any other origin are refused before their body is read (CSRF)');
    this.site.warnings.forEach((warning) => this.logger.warn(warning));
    previews.forEach((entry) => this.logger.warn(`${entry} trusts every deployment whose name fits, whoever made it`));
  }

  /** Those of the configuration and those an admin added. */
  get origins(): OriginList {
    return this.current;
  }

  /** Replaces what an admin added. An entry that the rules of today refuse is left out. */
  setStored(entries: readonly string[]): void {
    this.current = OriginList.union(this.configured, this.parse(entries));
  }

  /** @param policy of a route that narrows the origins down */
  allows(origin: string | undefined, policy?: RoutePolicy): boolean {
    if (origin === undefined || !this.current.allows(origin)) return false;
    return policy?.origins === undefined || policy.origins.includes(origin);
  }

  /** What is wrong with an entry, by the rules of start-up. */
  mistakesOf(entry: string): Mistake[] {
    return OriginList.parse([entry], this.options).mistakes;
  }

  /** Why a page on this origin could not use the cookies that are in force, undefined when it could. */
  obstacleTo(entry: string): string | undefined {
    if (this.site.relation === 'cross-site' || relate(this.apiUrl, entry) !== 'cross-site') return undefined;
    const { sameSite } = this.cookies.access.attributes;
    return (
      `${entry} is another site than ${this.apiUrl}, and the cookies are SameSite=${capitalised(sameSite)}: log-in would not work ` +
      'from there. Put it into FRONTEND_URL and restart, which changes the cookies.'
    );
  }

  private parse(entries: readonly string[]): OriginList {
    return OriginList.parse(entries, this.options).origins;
  }
}

/** As it stands in `Set-Cookie`. */
function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
