import { BadRequestException, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Request, Response } from 'express';
import type { Environment } from '../config/environment.schema.js';
import { pathPrefix } from '../config/path-prefix.js';
import { OriginVerdicts } from '../cross-origin/origin-verdicts.js';
import {
  cookieAttributes,
  cookieNames,
  otherCookieAttributes,
  type CookieAttributes,
  type CookieNames,
} from '../origin-rules/cookies.js';

/** The tokens of one session, as the two cookies hold them. */
export interface Tokens {
  access: string;
  refresh: string;
}

/** The name that the refresh cookie had up to version 0.1, where a neighbour of this host could set it. */
const formerRefreshName = '__Secure-Refresh';

/** Sets, reads and clears the two cookies. Their attributes follow from the page that sends the request. */
@Injectable()
export class AuthenticationCookies {
  private readonly apiUrl: URL;
  private readonly names: CookieNames;
  private readonly maxAgeMs: number;

  constructor(
    private readonly verdicts: OriginVerdicts,
    config: ConfigService<Environment, true>,
  ) {
    this.apiUrl = config.get('API_URL', { infer: true });
    this.names = cookieNames(this.apiUrl, config.get('COOKIE_PREFIX', { infer: true }));
    this.maxAgeMs = config.get('REFRESH_TOKEN_TTL', { infer: true }) * 1_000;
  }

  /** Both live as long as the session: an expired access token must still reach log-out, which ends its session. */
  set(response: Response, { access, refresh }: Tokens): void {
    const attributes = this.attributesFor(response.req);
    response.removeHeader('Set-Cookie'); // not those that clear: one decision for each response
    this.clearOthers(response, attributes);
    response.cookie(this.names.access, access, { ...attributes, maxAge: this.maxAgeMs });
    response.cookie(this.names.refresh, refresh, { ...attributes, maxAge: this.maxAgeMs });
  }

  clear(response: Response): void {
    const attributes = this.attributesFor(response.req);
    this.clearOthers(response, attributes);
    for (const name of [this.names.access, this.names.refresh]) response.clearCookie(name, attributes);
  }

  /**
   * For a session that is over. A page that sent no cookie has none to clear, and another tab may be logging in at this very
   * moment: its new cookies would go.
   */
  clearSent(response: Response): void {
    const { access, refresh } = this.readAll(response.req);
    const former = this.readFormerRefresh(response.req);
    if (access.length + refresh.length > 0 || former !== undefined) this.clear(response);
  }

  /** @throws BadRequestException for a cookie that is sent twice: it does not say which session is meant */
  read(request: Request): { [Name in keyof Tokens]: string | undefined } {
    const duplicate = this.findDuplicate(request);
    if (duplicate !== undefined)
      throw new BadRequestException(`The cookie ${duplicate} was sent twice. Log in again: that corrects it.`);
    const cookies = request.cookies as Record<string, string | undefined>;
    return { access: cookies[this.names.access], refresh: cookies[this.names.refresh] };
  }

  /** Every value of both cookies, so that log-out ends each session that they name. */
  readAll({ headers }: Request): { access: string[]; refresh: string[] } {
    const values = { access: [] as string[], refresh: [] as string[] };
    for (const pair of (headers.cookie ?? '').split(';')) {
      const [name, value] = [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()];
      if (name === this.names.access) values.access.push(value);
      if (name === this.names.refresh) values.refresh.push(value);
    }
    return values;
  }

  /** That of a browser that was logged in before the cookie had its present name. */
  readFormerRefresh({ headers }: Request): string | undefined {
    return new RegExp(`(?:^|; ?)${formerRefreshName}=([^;]*)`).exec(headers.cookie ?? '')?.[1];
  }

  /** The name of a cookie that was sent twice. */
  private findDuplicate(request: Request): string | undefined {
    const { access, refresh } = this.readAll(request);
    return access.length > 1 ? this.names.access : refresh.length > 1 ? this.names.refresh : undefined;
  }

  private attributesFor(request: Request): CookieAttributes {
    return cookieAttributes(this.apiUrl, this.verdicts.relationOf(request));
  }

  /** First of all: a browser that does not know `Partitioned` takes both kinds for one, and keeps the last. */
  private clearOthers(response: Response, attributes: CookieAttributes): void {
    const others = otherCookieAttributes(attributes, this.findDuplicate(response.req) !== undefined);
    if (others !== undefined)
      for (const name of [this.names.access, this.names.refresh]) response.clearCookie(name, others);
    if (this.readFormerRefresh(response.req) === undefined) return;
    const path = `${pathPrefix(this.apiUrl)}/authentication`;
    for (const kind of [others, attributes]) if (kind) response.clearCookie(formerRefreshName, { ...kind, path });
  }
}
