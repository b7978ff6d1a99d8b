import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Environment } from '../config/environment.schema.js';
import { cookiePolicy } from './cookies.js';
import { OriginList } from './origin-list.js';
import { decideSite } from './site.js';

/** Which origins may call this API with the cookie, and which cookie reaches it from there. */
@Injectable()
export class CrossOriginPolicy implements OnModuleInit {
  readonly origins: OriginList;
  readonly cookies: ReturnType<typeof cookiePolicy>;
  private readonly logger = new Logger('CrossOrigin');
  private readonly site: Exclude<ReturnType<typeof decideSite>, { relation: 'impossible' }>;

  /** The environment was found to work when it was read. */
  constructor(config: ConfigService<Environment, true>) {
    const production = config.get('NODE_ENV', { infer: true }) === 'production';
    const previews = config.get('PREVIEW_ORIGINS', { infer: true }) === 'accepted';
    const apiUrl = config.get('API_URL', { infer: true });
    const frontends = config.get('FRONTEND_URL', { infer: true });
    this.origins = OriginList.parse(frontends?.split(',').map((entry) => entry.trim()) ?? [], {
      production,
      previews,
    }).origins;
    const site = decideSite(apiUrl, this.origins.entries, { production });
    if (site.relation === 'impossible') throw new Error('API_URL and FRONTEND_URL do not go together');
    this.site = site;
    this.cookies = cookiePolicy(apiUrl, site.relation);
  }

  /** Three lines that say what is in force. */
  onModuleInit(): void {
    const { access, refresh } = this.cookies;
    const { secure, sameSite, partitioned } = access.attributes;
    const attributes = ['HttpOnly', secure && 'Secure', `SameSite=${sameSite}`, partitioned && 'Partitioned'];
    this.logger.log(
      this.origins.isEmpty
        ? 'CORS is off: FRONTEND_URL is not set, so no page on another origin can call this API'
        : `Origins allowed with credentials: ${this.origins.entries.join(', ')}`,
    );
    this.logger.log(
      `Cookies ${access.name} and ${refresh.name} (${this.site.relation}): ${attributes.filter(Boolean).join('; ')}`,
    );
    this.logger.log('Unsafe requests from any other origin are refused before their body is read (CSRF)');
    this.site.warnings.forEach((warning) => this.logger.warn(warning));
  }

  allows(origin: string | undefined): origin is string {
    return origin !== undefined && this.origins.allows(origin);
  }
}
