import { BadRequestException, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Request, Response } from 'express';
import type { Environment } from '../config/environment.schema.js';
import { CrossOriginPolicy } from '../cross-origin/cross-origin-policy.js';

/** What one log-in gives the browser. */
export interface Tokens {
  access: string;
  refresh: string;
}

/** Sets, reads and clears the two cookies, always with the same attributes: a browser clears only what matches. */
@Injectable()
export class AuthenticationCookies {
  constructor(
    private readonly policy: CrossOriginPolicy,
    private readonly config: ConfigService<Environment, true>,
  ) {}

  set(response: Response, { access, refresh }: Tokens): void {
    const { cookies } = this.policy;
    response.removeHeader('Set-Cookie'); // one decision a response: a browser would keep whichever comes last
    // Both live as long as the session: an expired access token must still reach log-out, which ends its session.
    const maxAge = this.config.get('REFRESH_TOKEN_TTL', { infer: true }) * 1_000;
    response.cookie(cookies.access.name, access, { ...cookies.access.attributes, maxAge });
    response.cookie(cookies.refresh.name, refresh, { ...cookies.refresh.attributes, maxAge });
  }

  clear(response: Response): void {
    const { access, refresh } = this.policy.cookies;
    response.clearCookie(access.name, access.attributes);
    response.clearCookie(refresh.name, refresh.attributes);
  }

  /** @throws BadRequestException for a cookie sent twice: one was planted by a neighbour of this host (RFC 6265, 8.6) */
  read(request: Request): Partial<Tokens> {
    const { access, refresh } = this.policy.cookies;
    const cookies = request.cookies as Record<string, unknown>;
    const names = (request.headers.cookie ?? '').split(';').map((pair) => pair.split('=', 1)[0]?.trim());
    const twice = [access, refresh].find(({ name }) => names.indexOf(name) !== names.lastIndexOf(name));
    if (twice !== undefined)
      throw new BadRequestException(
        `The cookie ${twice.name} was sent twice, and one of them is not ours: clear the cookies of this site.`,
      );
    return { access: text(cookies[access.name]), refresh: text(cookies[refresh.name]) };
  }
}

/** cookie-parser turns a value that begins with `j:` into an object. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
