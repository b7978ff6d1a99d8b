import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Response } from 'express';
import type { Observable } from 'rxjs';
import type { Environment } from '../config/environment.schema.js';
import { revalidated } from './cache-control.js';

/** Browsers always ask; shared caches do after PUBLIC_CACHE_TTL. RFC 9111, section 5.2.2.10. */
@Injectable()
export class PublicCacheInterceptor implements NestInterceptor {
  private readonly cacheControl: string;

  constructor(config: ConfigService<Environment, true>) {
    const seconds = config.get('PUBLIC_CACHE_TTL', { infer: true });
    this.cacheControl = seconds === undefined ? revalidated : `public, max-age=0, s-maxage=${seconds}`;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    context.switchToHttp().getResponse<Response>().setHeader('Cache-Control', this.cacheControl);
    return next.handle();
  }
}
