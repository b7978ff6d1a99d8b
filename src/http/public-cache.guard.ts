import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Response } from 'express';
import type { Environment } from '../config/environment.schema.js';
import { revalidated } from './cache-control.js';

/**
 * Sets `Cache-Control`, and lets every request pass. Browsers always ask; shared caches do after PUBLIC_CACHE_TTL (RFC 9111,
 * section 5.2.2.10). An interceptor would cost a read of one post a tenth of its time.
 */
@Injectable()
export class PublicCacheGuard implements CanActivate {
  private readonly cacheControl: string;

  constructor(config: ConfigService<Environment, true>) {
    const seconds = config.get('PUBLIC_CACHE_TTL', { infer: true });
    this.cacheControl = seconds === undefined ? revalidated : `public, max-age=0, s-maxage=${seconds}`;
  }

  canActivate(context: ExecutionContext): true {
    context.switchToHttp().getResponse<Response>().setHeader('Cache-Control', this.cacheControl);
    return true;
  }
}
