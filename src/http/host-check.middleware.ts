import { BadRequestException, HttpException, HttpStatus, Injectable, type NestMiddleware } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { NextFunction, Request, Response } from 'express';
import type { Environment } from '../config/environment.schema.js';
import { authorityOf, needsNoDns } from './authority.js';

/**
 * Refuses an invalid `Host` with 400 (RFC 9112, section 3.2), and in development a host that is not of this API with 421:
 * through DNS rebinding a foreign page would reach an API on this machine as its own origin. As Vite's `allowedHosts`.
 */
@Injectable()
export class HostCheckMiddleware implements NestMiddleware {
  private readonly allowed: ReadonlySet<string>;
  private readonly isProduction: boolean;

  constructor(config: ConfigService<Environment, true>) {
    const apiUrl = config.get('API_URL', { infer: true });
    this.allowed = new Set([apiUrl.hostname, ...config.get('ALLOWED_HOSTS', { infer: true })]);
    this.isProduction = config.get('NODE_ENV', { infer: true }) === 'production';
  }

  readonly use = (request: Request, _: Response, next: NextFunction): void => {
    const authority = authorityOf(request);
    if (authority === null || (authority === undefined && request.httpVersion !== '1.0'))
      throw new BadRequestException('The request needs exactly one Host header, with a valid host.');
    if (!this.isProduction && authority !== undefined && !this.isAllowed(authority)) throw misdirected(authority);
    next();
  };

  private isAllowed(authority: string): boolean {
    return needsNoDns(authority) || this.allowed.has(authority.replace(/:\d+$/, ''));
  }
}

/** RFC 9110, section 15.5.20. */
function misdirected(authority: string): HttpException {
  const cure = 'If it is another name of this API, add it to ALLOWED_HOSTS.';
  return new HttpException(
    `The host ${authority} is neither that of API_URL nor an address. ${cure}`,
    HttpStatus.MISDIRECTED,
  );
}
