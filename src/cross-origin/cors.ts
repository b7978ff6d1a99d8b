import { ForbiddenException, Injectable } from '@nestjs/common';
import type { CorsOptions, CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Request } from 'express';
import { RouteTable } from '../http/route-table.js';
import { CrossOriginPolicy } from './cross-origin-policy.js';

/** What a script may read beside the CORS-safelisted headers: exactly what this API sends. Fetch, section 3.3.4. */
const exposedHeaders = ['ETag', 'Link', 'Location', 'Retry-After', 'X-Request-Id'];

/** What a script may send. `*` and an echo of what was asked would both be wrong: the one does not work, the other checks nothing. */
const allowedHeaders = ['Content-Type', 'X-Request-Id'];

/** In seconds; Chromium's cap. */
const maxAge = 7_200;

/** Answers `app.enableCors` for each request: what goes out is decided here, how it is written is up to npm `cors`. */
@Injectable()
export class Cors {
  constructor(
    private readonly policy: CrossOriginPolicy,
    private readonly routes: RouteTable,
  ) {}

  readonly options: CorsOptionsDelegate<Request> = (request, done) => {
    const { origin } = request.headers;
    request.res?.vary('Origin');
    if (isPreflight(request)) this.preflight(request, done);
    else
      done(
        null as never,
        this.policy.allows(origin) ? { origin, credentials: true, exposedHeaders } : { origin: false },
      );
  };

  private preflight(request: Request, done: Parameters<CorsOptionsDelegate<Request>>[1]): void {
    const { origin } = request.headers;
    const methods = [...(this.routes.find(request.path)?.methods ?? ['GET', 'HEAD'])];
    if (this.policy.allows(origin))
      done(null as never, { origin, credentials: true, methods, allowedHeaders, maxAge } satisfies CorsOptions);
    else done(new ForbiddenException('This origin is not allowed.'), {});
  }
}

/** Fetch, section 3.3.3: a CORS-preflight request. */
function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}
