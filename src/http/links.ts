import {
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import type { Environment } from '../config/environment.schema.js';
import type { Page } from './page.schema.js';

/** The path that the public URL of this API begins with: empty, or `/api` behind a proxy that adds one. */
function prefixOf(config: ConfigService<Environment, true>): string {
  return new URL(config.get('API_URL', { infer: true })).pathname.replace(/\/$/, '');
}

/** `Location` of what was created: RFC 9110, section 10.2.2. */
@Injectable()
class LocationInterceptor implements NestInterceptor<{ id: number }> {
  private readonly prefix: string;

  constructor(config: ConfigService<Environment, true>) {
    this.prefix = prefixOf(config);
  }

  intercept(context: ExecutionContext, next: CallHandler<{ id: number }>): Observable<{ id: number }> {
    const { path } = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((created) => {
        response.setHeader('Location', `${this.prefix}${path.replace(/\/$/, '')}/${created.id}`);
        return created;
      }),
    );
  }
}

/** `Link: <...>; rel="next"` (RFC 8288), the same query with the cursor of the page that follows. */
@Injectable()
class NextPageInterceptor implements NestInterceptor<Page<unknown>> {
  private readonly prefix: string;

  constructor(config: ConfigService<Environment, true>) {
    this.prefix = prefixOf(config);
  }

  intercept(context: ExecutionContext, handler: CallHandler<Page<unknown>>): Observable<Page<unknown>> {
    const { path, query } = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    return handler.handle().pipe(
      map(({ next, ...page }) => {
        if (next !== undefined)
          response.setHeader('Link', `<${this.prefix}${path}?${following(query, next)}>; rel="next"`);
        return page;
      }),
    );
  }
}

function following(query: Request['query'], cursor: string): string {
  const parameters = new URLSearchParams(query as Record<string, string>);
  parameters.delete('offset');
  parameters.set('cursor', cursor);
  return parameters.toString();
}

export const WithLocation = () => UseInterceptors(LocationInterceptor);
export const WithNextPage = () => UseInterceptors(NextPageInterceptor);
