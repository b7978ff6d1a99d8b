import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import type { Environment } from '../config/environment.schema.js';
import { pathPrefix } from '../config/path-prefix.js';
import type { Page } from './page.schema.js';

/** `Link: <...>; rel="next"` (RFC 8288): the same query with the cursor of the next page. */
@Injectable()
export class NextLinkInterceptor implements NestInterceptor<Page<unknown>> {
  private readonly prefix: string;

  constructor(config: ConfigService<Environment, true>) {
    this.prefix = pathPrefix(config.get('API_URL', { infer: true }));
  }

  intercept(context: ExecutionContext, handler: CallHandler<Page<unknown>>): Observable<Page<unknown>> {
    const { path, query } = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    return handler.handle().pipe(
      map(({ nextCursor, ...page }) => {
        if (nextCursor !== undefined)
          response.setHeader('Link', `<${this.prefix}${path}?${nextQuery(query, nextCursor)}>; rel="next"`);
        return page;
      }),
    );
  }
}

function nextQuery(query: Request['query'], cursor: string): string {
  const parameters = new URLSearchParams(query as Record<string, string>);
  parameters.delete('offset');
  parameters.set('cursor', cursor);
  return parameters.toString();
}
