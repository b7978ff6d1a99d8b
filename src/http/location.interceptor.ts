import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Request, Response } from 'express';
import { tap, type Observable } from 'rxjs';
import type { Environment } from '../config/environment.schema.js';
import { pathPrefix } from '../config/path-prefix.js';

/** `Location` of the resource that was created: RFC 9110, section 10.2.2. */
@Injectable()
export class LocationInterceptor implements NestInterceptor<{ id: number }> {
  private readonly prefix: string;

  constructor(config: ConfigService<Environment, true>) {
    this.prefix = pathPrefix(config.get('API_URL', { infer: true }));
  }

  intercept(context: ExecutionContext, handler: CallHandler<{ id: number }>): Observable<{ id: number }> {
    const { path } = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    return handler
      .handle()
      .pipe(tap(({ id }) => response.setHeader('Location', `${this.prefix}${path.replace(/\/$/, '')}/${id}`)));
  }
}
